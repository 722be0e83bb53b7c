package io.ticketmesh.store;

import io.ticketmesh.causality.Bytes;
import io.ticketmesh.causality.HybridTimestamp;
import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.OperationId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.cluster.Member;
import io.ticketmesh.oplog.LogEntry;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.oplog.RequestKey;
import io.ticketmesh.oplog.TicketState;
import io.ticketmesh.ticket.Attachment;
import io.ticketmesh.ticket.AttachmentId;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.ContentHash;
import io.ticketmesh.ticket.Due;
import io.ticketmesh.ticket.LinkType;
import io.ticketmesh.ticket.Priority;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.change.AddAttachment;
import io.ticketmesh.ticket.change.AddComment;
import io.ticketmesh.ticket.change.AddLink;
import io.ticketmesh.ticket.change.AddTag;
import io.ticketmesh.ticket.change.AddWatcher;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.CreateTicket;
import io.ticketmesh.ticket.change.DeleteTicket;
import io.ticketmesh.ticket.change.EditComment;
import io.ticketmesh.ticket.change.MergeInto;
import io.ticketmesh.ticket.change.PurgeTicket;
import io.ticketmesh.ticket.change.RedactComment;
import io.ticketmesh.ticket.change.RemoveAttachment;
import io.ticketmesh.ticket.change.RemoveTag;
import io.ticketmesh.ticket.change.RestoreTicket;
import io.ticketmesh.ticket.change.SetAssignee;
import io.ticketmesh.ticket.change.SetDescription;
import io.ticketmesh.ticket.change.SetDue;
import io.ticketmesh.ticket.change.SetExternalId;
import io.ticketmesh.ticket.change.SetPriority;
import io.ticketmesh.ticket.change.SetQueue;
import io.ticketmesh.ticket.change.SetReporter;
import io.ticketmesh.ticket.change.SetStatus;
import io.ticketmesh.ticket.change.SetTitle;
import io.ticketmesh.ticket.change.SetType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What a busy replica commits: operations of its own and of others, some of which have not seen each other, snapshots, purges,
 * and requests. Few different values, so that lists are long and have ties. The same for the same seed.
 */
public final class RandomCommits {
    public static final NodeId NODE = new NodeId(0x0a11ce, 1);
    static final List<String> PEOPLE = List.of("alice", "bob", "carol", "dan");
    static final List<String> TAGS = List.of("printer", "vpn", "coffee", "Printer");
    static final List<String> QUEUES = List.of("default", "office", "network");
    static final List<String> TYPES = List.of("incident", "task", "bug");
    static final List<String> WORDS = List.of("fire", "smoke", "paper", "jam", "tea");
    static final List<Status> STATUSES =
            List.of(Status.NEW, Status.OPEN, Status.PENDING, Status.RESOLVED, Status.CLOSED, new Status("parked"));
    static final List<Priority> PRIORITIES = List.of(
            Priority.LOW,
            Priority.NORMAL,
            Priority.HIGH,
            Priority.URGENT,
            new Priority(30, "severe"),
            new Priority(50, "now"));
    static final long START_MILLIS = 1_790_000_000_000L;

    private final Random random;
    private final List<Origin> origins = new ArrayList<>();
    private final Origin elsewhere = new Origin(new NodeId(0xe15e, 9), 77);
    private final MemoryStore away = new MemoryStore(elsewhere.node());
    private final Map<Origin, Long> sequences = new HashMap<>();
    private final List<TicketId> known = new ArrayList<>();
    private final Map<TicketId, List<VersionVector>> pasts = new HashMap<>();
    private long millis = START_MILLIS;
    private long requests;

    public RandomCommits(long seed) {
        random = new Random(seed);
        origins.add(new Origin(NODE, 1_000 + seed));
        origins.add(new Origin(new NodeId(0xb0b, 2), 5));
        origins.add(new Origin(new NodeId(0xca401, 3), 6));
    }

    public Random random() {
        return random;
    }

    /** The ids of all tickets that there ever were. */
    public List<TicketId> known() {
        return known;
    }

    /** Lets time pass; returns what the clock shows then. */
    public long elapse(long elapsedMillis) {
        millis += elapsedMillis;
        return millis;
    }

    /** The next commit on {@code base}, which must hold all commits before. */
    public Commit next(ReplicaReader base) {
        Staging staging = new Staging(base);
        switch (random.nextInt(20)) {
            case 0 -> staging.open(origins.get(0));
            case 1 -> staging.boundClock(HybridTimestamp.of(millis + 10_000, 0));
            case 2 -> snapshot(staging);
            case 3 -> staging.apply(new LogEntry.Caught(away.version()));
            case 4 -> staging.enroll(member());
            default -> {
                for (int i = 1 + random.nextInt(8); i > 0; i--) {
                    Origin origin = origins.get(random.nextInt(origins.size()));
                    staging.apply(operation(staging, origin, known));
                }
            }
        }
        return staging.commit();
    }

    /** One of a few nodes, heard again, or taken out. */
    private Member member() {
        NodeId node = new NodeId(0x0e1e, random.nextInt(6));
        boolean retired = random.nextInt(4) == 0;
        return new Member(node, any(PEOPLE), random.nextInt(3), millis, retired ? millis + random.nextInt(3) : 0);
    }

    /** A commit of at least so many entries. */
    public Commit large(MemoryStore base, int entries) {
        MemoryStore there = base.copy();
        Staging staging = new Staging(base);
        while (staging.commit().entries().size() < entries) {
            Commit commit = next(there);
            // a snapshot ends with a commit of its own
            if (commit.entries().stream().noneMatch(LogEntry.Caught.class::isInstance)) {
                there.commit(commit);
                commit.entries().forEach(staging::apply);
            }
        }
        return staging.commit();
    }

    /** Tickets that another replica has made, or their operations one by one. */
    private void snapshot(Staging staging) {
        long before = away.version().get(elsewhere);
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            Staging there = new Staging(away);
            List<TicketId> its =
                    away.states(null, 100).stream().map(TicketState::id).toList();
            there.apply(operation(there, elsewhere, new ArrayList<>(its)));
            away.commit(there.commit());
        }
        List<TicketState> states = away.states(null, 1_000);
        states.stream().map(TicketState::id).filter(id -> !known.contains(id)).forEach(known::add);
        if (staging.version().get(elsewhere) == before && random.nextBoolean()) {
            away.operations(elsewhere, before + 1, 1_000).forEach(staging::apply);
        } else {
            states.forEach(state -> staging.apply(new LogEntry.Adopted(state)));
        }
    }

    private Operation operation(Staging staging, Origin origin, List<TicketId> tickets) {
        millis += random.nextInt(3);
        TicketId id = tickets.isEmpty() || random.nextInt(3) == 0 ? created(tickets) : any(tickets);
        Ticket ticket = staging.ticket(id);
        OperationId operation = new OperationId(origin, sequences.merge(origin, 1L, Long::sum));
        VersionVector seen = seen(ticket, origin);
        boolean concurrent = !seen.equals(ticket.seen());
        boolean fast = random.nextInt(60) == 0; // a clock that is weeks ahead
        HybridTimestamp time = HybridTimestamp.of(millis + (fast ? 2_000_000_000L : 0), random.nextInt(2));
        HybridTimestamp above = concurrent ? time : time.max(ticket.newest().next());
        long atMillis = random.nextInt(4) > 0 ? millis : imported();
        boolean asked = random.nextInt(4) == 0;
        RequestKey request = asked ? new RequestKey(origin.incarnation(), requests++ / 2, random.nextInt(2)) : null;
        return new Operation(
                operation, above, atMillis, any(PEOPLE), id, seen, request, changes(ticket, staging), Bytes.EMPTY);
    }

    /** Sometimes the author did not know the newest state, but always the own work. */
    private VersionVector seen(Ticket ticket, Origin origin) {
        List<VersionVector> past = pasts.computeIfAbsent(ticket.id(), id -> new ArrayList<>());
        past.add(ticket.seen());
        if (random.nextInt(3) > 0) {
            return ticket.seen();
        }
        long own = ticket.seen().get(origin);
        return any(past).merge(VersionVector.of(Map.of(origin, own)));
    }

    private long imported() {
        return START_MILLIS - 1_000L * random.nextInt(5);
    }

    private TicketId created(List<TicketId> tickets) {
        TicketId id = switch (random.nextInt(4)) {
            case 0 -> TicketId.derived("scope", "alice", Long.toString(random.nextLong()));
            case 1 -> TicketId.timeOrdered(START_MILLIS, 7, random.nextLong());
            default -> TicketId.timeOrdered(millis, random.nextLong(), random.nextLong());
        };
        tickets.add(id);
        return id;
    }

    private List<Change> changes(Ticket ticket, Staging staging) {
        List<Change> changes = new ArrayList<>();
        if (!ticket.isBorn() && random.nextInt(10) > 0) {
            changes.add(new CreateTicket(words()));
        }
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            changes.add(change(ticket, staging));
        }
        return changes;
    }

    private Change change(Ticket ticket, Staging staging) {
        return switch (random.nextInt(23)) {
            case 0 -> new SetTitle(words());
            case 1 -> new SetDescription(words());
            case 2, 3, 4 -> new SetStatus(any(STATUSES));
            case 5, 6 -> new SetPriority(any(PRIORITIES));
            case 7, 8 -> new SetAssignee(random.nextInt(3) == 0 ? null : any(PEOPLE));
            case 9 -> new SetReporter(any(PEOPLE));
            case 10 -> new SetQueue(any(QUEUES));
            case 11 -> new SetType(any(TYPES));
            case 12, 13 -> new AddTag(any(TAGS));
            case 14 -> new RemoveTag(any(TAGS));
            case 15 -> new AddWatcher(any(PEOPLE));
            case 16 -> new SetDue(due());
            case 17 -> new SetExternalId("EXT-" + random.nextInt(5));
            case 18 ->
                random.nextBoolean() ? new AddLink(any(LinkType.ALL), target(ticket)) : new MergeInto(target(ticket));
            case 19 -> comment(ticket);
            case 20 -> new AddAttachment(attachment(), file());
            case 21 -> new RemoveAttachment(attachment());
            default -> rare(ticket);
        };
    }

    private AttachmentId attachment() {
        return new AttachmentId(7, random.nextInt(6));
    }

    /** One of few, so that several tickets have the same. */
    private Attachment file() {
        long first = random.nextInt(8) * 0x9e37_79b9_7f4a_7c15L;
        return new Attachment("file", 1, new ContentHash(first, ~first, 0, 1), "text/plain");
    }

    private TicketId target(Ticket ticket) {
        return known.isEmpty() ? ticket.id() : any(known);
    }

    private Change comment(Ticket ticket) {
        List<CommentId> ids = List.copyOf(ticket.comments().entries().keySet());
        if (ids.isEmpty() || random.nextBoolean()) {
            CommentKind kind = random.nextBoolean() ? CommentKind.PUBLIC : CommentKind.INTERNAL;
            return new AddComment(new CommentId(random.nextLong(), random.nextLong()), kind, words());
        }
        return random.nextInt(3) == 0 ? new RedactComment(any(ids)) : new EditComment(any(ids), words());
    }

    private Change rare(Ticket ticket) {
        return switch (random.nextInt(12)) {
            case 0 -> new PurgeTicket();
            case 1, 2, 3, 4 -> new DeleteTicket();
            case 5, 6 -> new RestoreTicket();
            default -> comment(ticket);
        };
    }

    private Due due() {
        LocalDate day =
                Instant.ofEpochMilli(START_MILLIS).atZone(ZoneOffset.UTC).toLocalDate();
        return switch (random.nextInt(3)) {
            case 0 -> Due.NEVER;
            case 1 -> new Due.On(day.plusDays(random.nextInt(4)));
            default -> new Due.At(Instant.ofEpochMilli(START_MILLIS + 500L * random.nextInt(10)));
        };
    }

    private String words() {
        return any(WORDS) + " " + any(WORDS);
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
