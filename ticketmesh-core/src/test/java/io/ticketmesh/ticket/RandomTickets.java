package io.ticketmesh.ticket;

import io.ticketmesh.causality.Bytes;
import io.ticketmesh.causality.HybridTimestamp;
import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.OperationId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.cluster.Member;
import io.ticketmesh.crdt.Trace;
import io.ticketmesh.oplog.LogEntry;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.oplog.Receipt;
import io.ticketmesh.oplog.RequestKey;
import io.ticketmesh.oplog.TicketState;
import io.ticketmesh.oplog.Tombstone;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.CommentChange;
import io.ticketmesh.ticket.change.RandomChanges;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Makes tickets as they come about: by operations of several replicas that see each other's work now and then, so that there are
 * conflicts, concurrent additions and removals, and redacted comments. The same ones for the same seed.
 */
public final class RandomTickets {
    private static final long START_MILLIS = 1_790_000_000_000L;

    private final Random random;
    private final RandomChanges changes;
    private final List<Origin> origins = new ArrayList<>();
    private final Map<Origin, Long> sequences = new TreeMap<>();
    private long millis = START_MILLIS;

    public RandomTickets(long seed) {
        random = new Random(seed);
        changes = new RandomChanges(random);
        for (int node = 0; node < 3; node++) {
            NodeId id = new NodeId(random.nextLong(), random.nextLong());
            origins.add(new Origin(id, random.nextLong()));
            origins.add(new Origin(id, random.nextLong()));
        }
    }

    public RandomChanges changes() {
        return changes;
    }

    public TicketId ticketId() {
        return TicketId.timeOrdered(millis, random.nextLong(), random.nextLong());
    }

    /** An operation with up to five changes and anything in its fields, extremes too. */
    public Operation operation() {
        List<Change> wanted = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            wanted.add(changes.any());
        }
        Trace trace = trace();
        RequestKey request = random.nextBoolean() ? requestKey() : null;
        return new Operation(
                trace.operation(),
                trace.time(),
                trace.atMillis(),
                trace.actor(),
                ticketId(),
                version(),
                request,
                wanted,
                Bytes.EMPTY);
    }

    /** A ticket that was written by up to three replicas and merged. */
    public Ticket ticket() {
        return living().ticket();
    }

    /** A ticket with its comments and its history. */
    public TicketState.Living living() {
        TicketId id = ticketId();
        Ticket[] copies = {Ticket.unborn(id), Ticket.unborn(id), Ticket.unborn(id)};
        List<Operation> history = new ArrayList<>();
        for (int i = random.nextInt(25); i > 0; i--) {
            int replica = random.nextInt(copies.length);
            if (random.nextInt(4) == 0) {
                copies[replica] = copies[replica].merge(copies[random.nextInt(copies.length)]);
            } else {
                Operation operation = operationOn(copies[replica], origins.get(replica * 2 + random.nextInt(2)));
                history.add(operation);
                copies[replica] = operation.applyTo(copies[replica]);
            }
        }
        history.sort(Comparator.comparing(Operation::trace));
        Ticket merged = copies[0].merge(copies[1]).merge(copies[2]);
        return new TicketState.Living(merged, comments(id, history), history);
    }

    public Comment comment() {
        CommentId id = changes.commentId();
        Comment comment = Comment.unwritten(ticketId(), id);
        if (random.nextInt(8) > 0) {
            comment = comment.write(changes.text(0, 300), operation().stamp());
        }
        return random.nextInt(4) == 0 ? comment.redact(operation().stamp()) : comment;
    }

    public Tombstone tombstone() {
        return new Tombstone(ticketId(), trace());
    }

    public Receipt receipt() {
        return new Receipt(requestKey(), operationId(), ticketId(), anyMillis());
    }

    public VersionVector version() {
        Map<Origin, Long> entries = new TreeMap<>();
        for (Origin origin : origins) {
            if (random.nextInt(3) == 0) {
                entries.put(origin, sequence());
            }
        }
        return VersionVector.of(entries);
    }

    /** A node of the mesh, heard of at any time. */
    public Member member() {
        NodeId node = new NodeId(random.nextLong(), random.nextLong());
        String name = random.nextInt(5) == 0 ? "" : changes.name();
        long retiredAtMillis = random.nextBoolean() ? 0 : random.nextLong() >>> 1;
        int wire = random.nextInt() >>> (1 + random.nextInt(31));
        return new Member(node, name, wire, random.nextLong() >>> (1 + random.nextInt(63)), retiredAtMillis);
    }

    /** A log entry of any kind. */
    public LogEntry entry() {
        return switch (random.nextInt(7)) {
            case 0 -> new LogEntry.Opening(origin());
            case 1 -> new LogEntry.ClockBound(trace().time());
            case 2 -> new LogEntry.Adopted(living());
            case 3 -> new LogEntry.Adopted(new TicketState.Purged(tombstone()));
            case 4 -> new LogEntry.Caught(version());
            case 5 -> new LogEntry.Enrolled(member());
            default -> operation();
        };
    }

    private Operation operationOn(Ticket ticket, Origin origin) {
        millis += random.nextInt(100_000);
        long sequence = sequences.merge(origin, 1L, Long::sum);
        List<Change> wanted = new ArrayList<>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            wanted.add(changes.anyThatKeepsTheTicket());
        }
        HybridTimestamp time = HybridTimestamp.of(millis, random.nextInt(3))
                .max(ticket.newest().next());
        long atMillis = random.nextInt(4) == 0 ? anyMillis() : time.millis();
        OperationId id = new OperationId(origin, sequence);
        return new Operation(id, time, atMillis, changes.name(), ticket.id(), ticket.seen(), null, wanted, Bytes.EMPTY);
    }

    private static List<Comment> comments(TicketId ticket, List<Operation> history) {
        Map<CommentId, Comment> comments = new TreeMap<>();
        for (Operation operation : history) {
            for (Change change : operation.changes()) {
                if (change instanceof CommentChange written) {
                    Comment before = comments.getOrDefault(written.id(), Comment.unwritten(ticket, written.id()));
                    comments.put(written.id(), written.applyTo(before, operation.stamp()));
                }
            }
        }
        return List.copyOf(comments.values());
    }

    private Trace trace() {
        HybridTimestamp time = random.nextInt(10) == 0
                ? new HybridTimestamp(random.nextLong() & Long.MAX_VALUE)
                : HybridTimestamp.of(millis += random.nextInt(1_000), random.nextInt(5));
        long atMillis = random.nextBoolean() ? time.millis() : anyMillis();
        return new Trace(time, operationId(), random.nextInt(10) == 0 ? "" : changes.name(), atMillis);
    }

    private OperationId operationId() {
        return new OperationId(origin(), sequence());
    }

    public Origin origin() {
        return origins.get(random.nextInt(origins.size()));
    }

    public long sequence() {
        long any = random.nextLong() >>> (1 + random.nextInt(63));
        return Math.max(1, any);
    }

    private long anyMillis() {
        return random.nextInt(10) == 0 ? random.nextLong() : millis - random.nextInt(1_000_000_000);
    }

    private RequestKey requestKey() {
        return new RequestKey(random.nextLong(), random.nextLong(), random.nextLong());
    }
}
