package io.ticketmesh.replica;

import io.ticketmesh.causality.Bytes;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionSummary;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.cluster.Member;
import io.ticketmesh.cluster.Roster;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.oplog.Sizes;
import io.ticketmesh.oplog.TicketState;
import io.ticketmesh.ticket.ContentHash;
import io.ticketmesh.ticket.TicketId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What replicas tell each other. Every message may be lost, repeated, delayed and overtaken. */
public sealed interface Message {
    /** What an entry of a list counts for. */
    long ENTRY = 50;

    /** About how much it holds, in characters of text; an entry of a list without text counts as fifty. */
    default long chars() {
        return ENTRY;
    }

    /** Who the sender is, whom it knows, and what its clock says, milliseconds since 1970. */
    record Hello(Member self, Roster roster, long wallMillis) implements Message {
        @Override
        public long chars() {
            return ENTRY * (1L + roster.members().size());
        }
    }

    /** The sender stops: nobody need wait to hear of it. */
    record Bye() implements Message {}

    /**
     * Fresh operations, to whoever listens.
     *
     * @param operations may be empty, when the sender only asks what has come
     * @param acknowledge whether the sender waits for an {@link Ack}
     */
    record Hint(List<Operation> operations, boolean acknowledge) implements Message {
        public Hint {
            operations = List.copyOf(operations);
        }

        @Override
        public long chars() {
            return charsOf(operations);
        }
    }

    /** The sender has all operations of {@code origin} up to {@code sequence} on its disk. */
    record Ack(Origin origin, long sequence) implements Message {}

    /**
     * What the sender holds, for comparison.
     *
     * @param held what it holds; whole when it was asked for by an empty {@link Pull}
     * @param floor what of the listed entries it cannot give operation by operation
     * @param answer whether this answers another digest, so that two replicas do not answer each other for ever
     */
    record Digest(VersionSummary held, VersionVector floor, boolean answer) implements Message {
        @Override
        public long chars() {
            return ENTRY * (1L + held.listed().size() + floor.size());
        }
    }

    /** Asks for operations that a digest showed missing; without ranges, for a digest that lists all. */
    record Pull(List<OperationRange> ranges) implements Message {
        public Pull {
            ranges = List.copyOf(ranges);
        }

        @Override
        public long chars() {
            return ENTRY * (1L + ranges.size());
        }
    }

    /** Operations that were asked for. */
    record Operations(List<Operation> operations) implements Message {
        public Operations {
            operations = List.copyOf(operations);
        }

        @Override
        public long chars() {
            return charsOf(operations);
        }
    }

    /**
     * Asks for the states of tickets: of all, because the operations are not to be had, or of the buckets whose sums differ.
     *
     * @param version the version that the first part named; null when asking for the first part
     * @param after where the part before ended; null when asking for the first part
     * @param buckets the buckets wanted; empty for all
     */
    record SnapshotRequest(
            @Nullable VersionVector version, @Nullable TicketId after, Set<Integer> buckets) implements Message {
        public SnapshotRequest {
            buckets = Set.copyOf(buckets);
        }
    }

    /**
     * States of tickets in the order of their ids. Each holds all that {@code version} covers, or more.
     *
     * @param version what the sender held when it sent the first part
     * @param after after which ticket this part begins; null for the first part
     * @param through up to which ticket this part reaches; null for the last one
     * @param buckets the buckets of which it holds the states; empty for all
     * @param states a large ticket stands in several pieces, behind each other
     */
    record SnapshotPart(
            VersionVector version,
            @Nullable TicketId after,
            @Nullable TicketId through,
            Set<Integer> buckets,
            List<TicketState> states)
            implements Message {
        public SnapshotPart {
            buckets = Set.copyOf(buckets);
            states = List.copyOf(states);
        }

        @Override
        public long chars() {
            return ENTRY + states.stream().mapToLong(Sizes::of).sum();
        }
    }

    /** Sums over the content at a version, for comparison with a replica at the same version. */
    record ContentSums(VersionSummary held, List<Long> sums) implements Message {
        public ContentSums {
            sums = List.copyOf(sums);
        }

        @Override
        public long chars() {
            return ENTRY * (1L + held.listed().size() + sums.size());
        }
    }

    /** About the bytes of attachments, which nodes keep beside their replicas: no replica says or hears it. */
    sealed interface OfBlobs extends Message {}

    /**
     * Asks for a part of bytes that a ticket refers to.
     *
     * @param position where the part begins
     * @param length how many bytes it is to have, at most {@link BlobPart#MAX_BYTES}
     */
    record BlobRequest(ContentHash hash, long position, int length) implements OfBlobs {}

    /**
     * A part of bytes that was asked for.
     *
     * @param content as many bytes as were wanted, fewer only where they end; empty when the sender does not hold them
     */
    record BlobPart(ContentHash hash, long position, Bytes content) implements OfBlobs {
        /** The most bytes: 128 KiB. */
        public static final int MAX_BYTES = 128 << 10;

        @Override
        public long chars() {
            return ENTRY + content.length();
        }
    }

    private static long charsOf(List<Operation> operations) {
        return ENTRY + operations.stream().mapToLong(Sizes::of).sum();
    }
}
