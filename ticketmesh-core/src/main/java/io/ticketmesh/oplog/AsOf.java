package io.ticketmesh.oplog;

import io.ticketmesh.causality.OperationId;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.ticket.Ticket;
import java.time.Instant;
import java.util.List;

/**
 * A point in the life of a ticket: what it was like then is told by the operations that had made it. Nodes that hold the same
 * operations give the same answer.
 */
public sealed interface AsOf {
    /**
     * The operations that had made the ticket then.
     *
     * @param life all operations of the ticket, by rising trace
     * @return some of them in the same order; none when it was not there yet, or never was so as far as these tell
     */
    List<Operation> of(List<Operation> life);

    /**
     * The time that people read: with that time or an earlier one, whatever the order in which the operations came here. Imported
     * history is there from the time that it tells of, and what a clock far ahead wrote from the time that it showed.
     */
    record Time(Instant instant) implements AsOf {
        @Override
        public List<Operation> of(List<Operation> life) {
            long millis = instant.toEpochMilli();
            return life.stream().filter(step -> step.atMillis() <= millis).toList();
        }

        @Override
        public String toString() {
            return instant.toString();
        }
    }

    /** What a node had that held so much: of a whole store, or of a ticket. */
    record Version(VersionVector version) implements AsOf {
        @Override
        public List<Operation> of(List<Operation> life) {
            return life.stream().filter(step -> version.contains(step.id())).toList();
        }

        @Override
        public String toString() {
            return "version " + version;
        }
    }

    /**
     * Behind one step of the history: that operation and all that the history tells before it.
     *
     * @param operation its id as text, as histories show it
     */
    record Step(String operation) implements AsOf {
        @Override
        public List<Operation> of(List<Operation> life) {
            for (int i = 0; i < life.size(); i++) {
                if (life.get(i).id().toString().equals(operation)) {
                    return life.subList(0, i + 1);
                }
            }
            return List.of();
        }

        @Override
        public String toString() {
            return "operation " + operation;
        }
    }

    /**
     * In the state that an entity tag names, if an author left it so or it is what the history tells up to a step. A state that a node
     * showed only until more arrived is not found again.
     *
     * @param etag without quotes
     */
    record State(String etag) implements AsOf {
        @Override
        public List<Operation> of(List<Operation> life) {
            VersionVector told = VersionVector.EMPTY;
            for (Operation step : life) {
                told = told.with(step.id());
                VersionVector left = step.seen().with(step.id());
                if (names(step, left)) {
                    return new Version(left).of(life);
                } else if (names(step, told)) {
                    return new Step(step.id().toString()).of(life);
                }
            }
            return List.of();
        }

        private boolean names(Operation step, VersionVector seen) {
            Ticket bare = Ticket.unborn(step.ticket());
            return bare.withSeen(seen, bare.newest(), 0).etag().equals(etag);
        }

        @Override
        public String toString() {
            return "state " + etag;
        }
    }

    static AsOf time(Instant instant) {
        return new Time(instant);
    }

    static AsOf version(VersionVector version) {
        return new Version(version);
    }

    static AsOf step(OperationId operation) {
        return new Step(operation.toString());
    }

    /** @param etag without quotes */
    static AsOf state(String etag) {
        return new State(etag);
    }
}
