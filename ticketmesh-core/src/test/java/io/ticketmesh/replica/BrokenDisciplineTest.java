package io.ticketmesh.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.ticketmesh.causality.HybridClock;
import io.ticketmesh.causality.HybridTimestamp;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.crdt.ConflictRegister;
import io.ticketmesh.crdt.Counter;
import io.ticketmesh.crdt.Written;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.oplog.TicketState;
import io.ticketmesh.simulation.ReplicaFactory;
import io.ticketmesh.simulation.Simulation;
import io.ticketmesh.store.Staging;
import io.ticketmesh.ticket.Redactions;
import io.ticketmesh.ticket.Ticket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Breaks one decision at a time. If the simulation did not notice, it would not be worth running. */
class BrokenDisciplineTest {
    /** Within so many seeds every mistake must be found. */
    private static final int SEEDS = 60;

    @TestFactory
    List<DynamicTest> everyMistakeIsFound() {
        Map<String, Function<Long, Simulation>> mistakes = new TreeMap<>();
        mistakes.put("the last arrival wins", with(new LastArrivalWins()));
        mistakes.put("equal timestamps: the last arrival wins", with(new NoTieBreak()));
        mistakes.put("a gap is not noticed", with(new GapUnnoticed()));
        mistakes.put("a duplicate is applied", with(new DuplicateApplied()));
        mistakes.put("causes are not awaited", with(new CauseNotAwaited()));
        mistakes.put("the clock does not witness", with(new ClockNotWitnessed()));
        mistakes.put("a snapshot's version is taken too early", with(new SnapshotTooEarly()));
        mistakes.put("a loser is dropped", with(new LoserDropped()));
        mistakes.put("nothing counts as seen", with(new NothingSeen()));
        mistakes.put("occurrences are counted twice", with(new CountedTwice()));
        mistakes.put("a redaction only takes away what is there", with(new RedactionForgotten()));
        mistakes.put("a purge is forgotten", with(new PurgeForgotten()));
        mistakes.put("a node speaks before it commits", seed -> new Simulation(seed).speakingBeforeCommitting());
        return mistakes.entrySet().stream()
                .map(mistake -> dynamicTest(
                        mistake.getKey(),
                        () -> assertThat(firstFailure(mistake.getValue()))
                                .as("the first of %s seeds that shows it", SEEDS)
                                .isPresent()))
                .toList();
    }

    private static Function<Long, Simulation> with(Discipline broken) {
        ReplicaFactory factory = (reader, origin, wall, workflow, schedule, random) ->
                new Replica(reader, origin, wall, workflow, schedule, random, broken);
        return seed -> new Simulation(seed, factory);
    }

    private static Optional<Long> firstFailure(Function<Long, Simulation> simulation) {
        return LongStream.rangeClosed(1, SEEDS)
                .boxed()
                .filter(seed -> fails(simulation.apply(seed)))
                .findFirst();
    }

    private static boolean fails(Simulation simulation) {
        try {
            simulation.run();
            return false;
        } catch (AssertionError found) {
            return true;
        }
    }

    private static Operation at(Operation operation, HybridTimestamp time, VersionVector seen) {
        return new Operation(
                operation.id(),
                time,
                operation.atMillis(),
                operation.actor(),
                operation.ticket(),
                seen,
                operation.request(),
                operation.changes(),
                operation.unknownFields());
    }

    /** A mistake that all nodes make alike, the author too. */
    private abstract static class AppliedOtherwise extends Discipline {
        @Override
        final Ticket applyOwn(Operation operation, Ticket ticket, Ticket tried) {
            return apply(operation, ticket);
        }
    }

    private static final class LastArrivalWins extends AppliedOtherwise {
        @Override
        Ticket apply(Operation operation, Ticket ticket) {
            return super.apply(
                    at(operation, operation.time().max(ticket.newest().next()), operation.seen()), ticket);
        }
    }

    private static final class NoTieBreak extends AppliedOtherwise {
        @Override
        Ticket apply(Operation operation, Ticket ticket) {
            boolean tie = operation.time().equals(ticket.newest());
            return super.apply(tie ? at(operation, operation.time().next(), operation.seen()) : operation, ticket);
        }
    }

    private static final class GapUnnoticed extends Discipline {
        @Override
        Verdict judge(Operation operation, Staging staging) {
            return staging.version().contains(operation.id()) ? Verdict.DUPLICATE : Verdict.APPLY;
        }
    }

    private static final class DuplicateApplied extends Discipline {
        @Override
        Verdict judge(Operation operation, Staging staging) {
            Verdict verdict = super.judge(operation, staging);
            return verdict == Verdict.DUPLICATE ? Verdict.APPLY : verdict;
        }
    }

    private static final class CauseNotAwaited extends Discipline {
        @Override
        Verdict judge(Operation operation, Staging staging) {
            return super.judge(at(operation, operation.time(), VersionVector.EMPTY), staging);
        }
    }

    private static final class ClockNotWitnessed extends Discipline {
        @Override
        HybridTimestamp time(HybridClock clock, Ticket ticket) {
            return clock.now();
        }

        @Override
        void witness(HybridClock clock, HybridTimestamp time) {}
    }

    private static final class SnapshotTooEarly extends Discipline {
        @Override
        boolean completes(Message.SnapshotPart part) {
            return true;
        }
    }

    private static final class LoserDropped extends AppliedOtherwise {
        @Override
        Ticket apply(Operation operation, Ticket ticket) {
            Ticket applied = super.apply(operation, ticket);
            List<Written<String>> titles = applied.title().writes();
            return applied.withTitle(new ConflictRegister<>(titles.subList(0, Math.min(1, titles.size()))));
        }
    }

    private static final class NothingSeen extends AppliedOtherwise {
        @Override
        Ticket apply(Operation operation, Ticket ticket) {
            return super.apply(at(operation, operation.time(), VersionVector.EMPTY), ticket);
        }
    }

    private static final class CountedTwice extends AppliedOtherwise {
        @Override
        Ticket apply(Operation operation, Ticket ticket) {
            Counter before = ticket.occurrences();
            Ticket applied = super.apply(operation, ticket);
            return applied.occurrences().equals(before)
                    ? applied
                    : applied.withOccurrences(applied.occurrences().add(1, operation.stamp()));
        }
    }

    /** Later arrivals of what its author had not seen stand. */
    private static final class RedactionForgotten extends AppliedOtherwise {
        @Override
        Ticket apply(Operation operation, Ticket ticket) {
            Ticket applied = super.apply(operation, ticket.withRedactions(Redactions.NONE));
            return applied.withRedactions(ticket.redactions().merge(applied.redactions()));
        }
    }

    private static final class PurgeForgotten extends Discipline {
        @Override
        boolean brings(TicketState state, Staging staging) {
            return !(state instanceof TicketState.Purged) && super.brings(state, staging);
        }
    }
}
