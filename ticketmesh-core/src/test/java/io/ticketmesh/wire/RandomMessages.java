package io.ticketmesh.wire;

import io.ticketmesh.causality.Bytes;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionSummary;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.cluster.Roster;
import io.ticketmesh.oplog.TicketState;
import io.ticketmesh.replica.Message;
import io.ticketmesh.replica.OperationRange;
import io.ticketmesh.store.ReplicaReader;
import io.ticketmesh.ticket.Attachment;
import io.ticketmesh.ticket.ContentHash;
import io.ticketmesh.ticket.RandomTickets;
import io.ticketmesh.ticket.TicketId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/** Messages with anything in their fields. The same ones for the same seed. */
final class RandomMessages {
    private final Random random;
    private final RandomTickets tickets;

    RandomMessages(long seed) {
        random = new Random(seed);
        tickets = new RandomTickets(seed);
    }

    Origin origin() {
        return tickets.origin();
    }

    Message any() {
        List<Supplier<Message>> types = types();
        return types.get(random.nextInt(types.size())).get();
    }

    /** One of each type. */
    List<Message> ofEveryType() {
        return types().stream().map(Supplier::get).toList();
    }

    private List<Supplier<Message>> types() {
        return List.of(
                () -> new Message.Hello(
                        tickets.member(), Roster.of(some(5, tickets::member)), random.nextLong() >> random.nextInt(64)),
                Message.Bye::new,
                () -> new Message.Hint(some(5, tickets::operation), random.nextBoolean()),
                () -> new Message.Ack(origin(), random.nextInt(5) == 0 ? 0 : tickets.sequence()),
                () -> new Message.Digest(summary(), tickets.version(), random.nextBoolean()),
                () -> new Message.Pull(some(6, this::range)),
                () -> new Message.Operations(some(5, tickets::operation)),
                () -> new Message.SnapshotRequest(
                        random.nextBoolean() ? null : tickets.version(), ticketId(), buckets()),
                () -> new Message.SnapshotPart(
                        tickets.version(), ticketId(), ticketId(), buckets(), some(4, this::state)),
                () -> new Message.ContentSums(summary(), some(300, random::nextLong)),
                () -> new Message.BlobRequest(
                        hash(), random.nextInt((int) Attachment.MAX_BYTES), random.nextInt(Message.BlobPart.MAX_BYTES)),
                () -> new Message.BlobPart(hash(), random.nextInt((int) Attachment.MAX_BYTES), bytes()));
    }

    private ContentHash hash() {
        return new ContentHash(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    }

    private Bytes bytes() {
        byte[] bytes = new byte[random.nextInt(50) == 0 ? Message.BlobPart.MAX_BYTES : random.nextInt(300)];
        random.nextBytes(bytes);
        return Bytes.of(bytes);
    }

    private VersionSummary summary() {
        VersionVector version = tickets.version();
        return VersionSummary.of(version, Set.of(), 1 + random.nextInt(4));
    }

    private OperationRange range() {
        long one = tickets.sequence();
        long other = tickets.sequence();
        return new OperationRange(origin(), Math.min(one, other), Math.max(one, other));
    }

    private TicketState state() {
        return random.nextInt(4) == 0 ? new TicketState.Purged(tickets.tombstone()) : tickets.living();
    }

    private TicketId ticketId() {
        return random.nextBoolean() ? null : tickets.ticketId();
    }

    private Set<Integer> buckets() {
        return random.nextBoolean() ? Set.of() : new HashSet<>(some(40, () -> random.nextInt(ReplicaReader.BUCKETS)));
    }

    private <T> List<T> some(int most, Supplier<T> values) {
        List<T> some = new ArrayList<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            some.add(values.get());
        }
        return some;
    }
}
