package io.ticketmesh.simulation;

import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.oplog.LogEntry;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.oplog.TicketState;
import io.ticketmesh.store.Commit;

/**
 * Every origin's operations come without gap and once; a version never goes back; an id never has two contents; what travels was
 * committed by its author; an author's time is above that of all it could see.
 */
final class LogCheck implements Check {
    private final Chronicle chronicle;

    LogCheck(Chronicle chronicle) {
        this.chronicle = chronicle;
    }

    @Override
    public void beforeCommit(Machine machine, Commit commit) {
        VersionVector version = machine.disk().version();
        for (LogEntry entry : commit.entries()) {
            if (entry instanceof Operation operation) {
                long expected = version.get(operation.id().origin()) + 1;
                if (operation.id().sequence() != expected) {
                    throw new AssertionError(machine.name() + " logs " + operation.id() + ", but " + expected
                            + " is the next of its origin");
                }
                version = version.with(operation.id());
                requireGenuine(machine, operation);
            } else if (entry instanceof LogEntry.Caught caught) {
                version = version.merge(caught.version());
            } else if (entry instanceof LogEntry.Adopted adopted
                    && adopted.state() instanceof TicketState.Living living) {
                living.history().forEach(operation -> requireGenuine(machine, operation));
            }
        }
        if (!commit.version().equals(version)) {
            throw new AssertionError(
                    machine.name() + " claims the version " + commit.version() + ", but holds " + version);
        }
    }

    private void requireGenuine(Machine machine, Operation operation) {
        Chronicle.Record record = chronicle.of(operation);
        if (!record.operation.equals(operation)) {
            throw new AssertionError(operation.id() + " has two contents: " + record.operation + " and " + operation);
        }
        if (!record.committed && !machine.runsAs(operation.id().origin())) {
            throw new AssertionError(machine.name() + " heard of " + operation.id() + " before it was durable");
        }
        if (record.committed) {
            return;
        }
        for (Chronicle.Record earlier : chronicle.records()) {
            if (record.sees(earlier.operation) && earlier.operation.time().compareTo(operation.time()) >= 0) {
                throw new AssertionError(operation.id() + " was made after seeing " + earlier.operation.id()
                        + ", but its time is " + operation.time() + ", not above " + earlier.operation.time());
            }
        }
    }
}
