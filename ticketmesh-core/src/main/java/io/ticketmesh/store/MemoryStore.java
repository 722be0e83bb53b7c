package io.ticketmesh.store;

import io.ticketmesh.causality.HybridTimestamp;
import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.cluster.Roster;
import io.ticketmesh.crdt.Trace;
import io.ticketmesh.oplog.LogEntry;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.oplog.Receipt;
import io.ticketmesh.oplog.RequestKey;
import io.ticketmesh.oplog.TicketState;
import io.ticketmesh.oplog.Tombstone;
import io.ticketmesh.ticket.Attachment;
import io.ticketmesh.ticket.Comment;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.ContentHash;
import io.ticketmesh.ticket.PageCursor;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketCounts;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.TicketKey;
import io.ticketmesh.ticket.TicketPage;
import io.ticketmesh.ticket.TicketQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps everything in memory, in the plainest way: the definition of what every store must answer. For tests, simulations and
 * nodes without a directory. Lists cost what the store holds.
 *
 * <p>Thread-safe: each call holds the store's monitor.
 */
public final class MemoryStore implements ReplicaStore {
    private static final Comparator<Receipt> NEWEST =
            Comparator.comparingLong(Receipt::atMillis).thenComparing(Receipt::operation);

    private final NodeId node;
    private final int keptPerOrigin;
    private final SortedMap<TicketId, Ticket> tickets = new TreeMap<>();
    private final Map<TicketId, SortedMap<CommentId, Comment>> comments = new HashMap<>();
    private final SortedMap<TicketId, Tombstone> tombstones = new TreeMap<>();
    private final Map<TicketId, SortedMap<Trace, Operation>> histories = new HashMap<>();
    private final Map<Origin, TreeMap<Long, Operation>> operations = new HashMap<>();
    private final Map<RequestKey, Receipt> receipts = new HashMap<>();
    private final List<List<TicketId>> changes = new ArrayList<>();
    private final long[] buckets = new long[BUCKETS];
    private VersionVector version = VersionVector.EMPTY;
    private VersionVector floor = VersionVector.EMPTY;
    private VersionVector ahead = VersionVector.EMPTY;
    private HybridTimestamp clockBound = HybridTimestamp.ZERO;
    private Roster roster = Roster.EMPTY;
    private long incarnation;

    /** An empty store that keeps all operations. */
    public MemoryStore(NodeId node) {
        this(node, Integer.MAX_VALUE);
    }

    /**
     * @param keptPerOrigin how many of each origin's newest operations {@link #operations} can still serve; histories keep all
     */
    public MemoryStore(NodeId node, int keptPerOrigin) {
        this.node = node;
        this.keptPerOrigin = keptPerOrigin;
    }

    /** A store of its own with the same content, as when a directory is copied. */
    public synchronized MemoryStore copy() {
        MemoryStore copy = new MemoryStore(node, keptPerOrigin);
        copy.tickets.putAll(tickets);
        comments.forEach((ticket, byId) -> copy.comments.put(ticket, new TreeMap<>(byId)));
        copy.tombstones.putAll(tombstones);
        histories.forEach((ticket, byTrace) -> copy.histories.put(ticket, new TreeMap<>(byTrace)));
        operations.forEach((origin, bySequence) -> copy.operations.put(origin, new TreeMap<>(bySequence)));
        copy.receipts.putAll(receipts);
        copy.changes.addAll(changes);
        System.arraycopy(buckets, 0, copy.buckets, 0, BUCKETS);
        copy.version = version;
        copy.floor = floor;
        copy.ahead = ahead;
        copy.clockBound = clockBound;
        copy.roster = roster;
        copy.incarnation = incarnation;
        return copy;
    }

    @Override
    public synchronized void commit(Commit commit) {
        for (Tombstone tombstone : commit.tombstones()) {
            bury(tombstone);
        }
        for (Ticket ticket : commit.tickets()) {
            Ticket before = tickets.put(ticket.id(), ticket);
            count(ticket.id(), before == null ? 0 : before.fingerprint(), ticket.fingerprint());
        }
        for (Comment comment : commit.comments()) {
            Comment before = comments.computeIfAbsent(comment.ticket(), id -> new TreeMap<>())
                    .put(comment.id(), comment);
            count(comment.ticket(), before == null ? 0 : before.fingerprint(), comment.fingerprint());
        }
        commit.entries().forEach(this::note);
        version = commit.version();
        ahead = commit.ahead();
        trim();
    }

    private void note(LogEntry entry) {
        List<TicketId> changed = List.of();
        if (entry instanceof Operation operation) {
            version = version.with(operation.id());
            operations
                    .computeIfAbsent(operation.id().origin(), origin -> new TreeMap<>())
                    .put(operation.id().sequence(), operation);
            noteHistory(operation);
            noteReceipt(operation);
            changed = List.of(operation.ticket());
        } else if (entry instanceof LogEntry.Adopted adopted) {
            if (adopted.state() instanceof TicketState.Living living) {
                living.history().forEach(this::noteHistory);
                living.history().forEach(this::noteReceipt);
            }
            changed = List.of(adopted.state().id());
        } else if (entry instanceof LogEntry.Caught caught) {
            floor = floor.merge(withoutHeld(caught.version()));
            version = version.merge(caught.version());
        } else if (entry instanceof LogEntry.Opening opening) {
            incarnation = Math.max(incarnation, opening.origin().incarnation());
        } else if (entry instanceof LogEntry.Enrolled enrolled) {
            roster = roster.with(enrolled.member());
        } else if (entry instanceof LogEntry.ClockBound bound) {
            clockBound = clockBound.max(bound.bound());
            receipts.values().removeIf(this::isForgotten);
        }
        changes.add(changed);
    }

    /** Of several operations under one key the newest counts, whichever came first. */
    private void noteReceipt(Operation operation) {
        RequestKey request = operation.request();
        if (request == null) {
            return;
        }
        Receipt receipt = new Receipt(
                request, operation.id(), operation.ticket(), operation.time().millis());
        if (!isForgotten(receipt)) {
            receipts.merge(keyOf(request), receipt, (one, two) -> NEWEST.compare(one, two) >= 0 ? one : two);
        }
    }

    /** Measured against this node's own clock: an operation from a clock far ahead must not make it forget the others. */
    private boolean isForgotten(Receipt receipt) {
        return receipt.atMillis() < clockBound.millis() - 2 * RequestKey.KEPT_MILLIS;
    }

    private static RequestKey keyOf(RequestKey request) {
        return new RequestKey(request.high(), request.low(), 0);
    }

    private void noteHistory(Operation operation) {
        if (!tombstones.containsKey(operation.ticket())) {
            histories.computeIfAbsent(operation.ticket(), id -> new TreeMap<>()).put(operation.trace(), operation);
        }
    }

    /** What a snapshot jumped over: origins of which all operations are held have no floor. */
    private VersionVector withoutHeld(VersionVector caught) {
        Map<Origin, Long> jumped = new HashMap<>();
        caught.forEach((origin, sequence) -> {
            if (sequence > version.get(origin)) {
                jumped.put(origin, sequence);
                operations.remove(origin);
            }
        });
        return VersionVector.of(jumped);
    }

    private void bury(Tombstone tombstone) {
        TicketId id = tombstone.ticket();
        Ticket ticket = tickets.remove(id);
        if (ticket != null) {
            count(id, ticket.fingerprint(), 0);
        }
        SortedMap<CommentId, Comment> gone = comments.remove(id);
        if (gone != null) {
            gone.values().forEach(comment -> count(id, comment.fingerprint(), 0));
        }
        histories.remove(id);
        Tombstone before = tombstones.put(id, tombstone);
        count(id, before == null ? 0 : before.fingerprint(), tombstone.fingerprint());
    }

    private void count(TicketId id, long before, long after) {
        buckets[ReplicaReader.bucketOf(id)] += after - before;
    }

    private void trim() {
        operations.forEach((origin, bySequence) -> {
            while (bySequence.size() > keptPerOrigin) {
                long dropped = bySequence.pollFirstEntry().getKey();
                floor = floor.merge(VersionVector.of(Map.of(origin, dropped)));
            }
        });
    }

    @Override
    public synchronized Optional<Ticket> ticket(TicketId id) {
        return Optional.ofNullable(tickets.get(id));
    }

    @Override
    public synchronized Optional<Tombstone> tombstone(TicketId id) {
        return Optional.ofNullable(tombstones.get(id));
    }

    @Override
    public synchronized Optional<Comment> comment(TicketId ticket, CommentId id) {
        return Optional.ofNullable(commentsOf(ticket).get(id));
    }

    @Override
    public synchronized List<Comment> comments(TicketId ticket) {
        return List.copyOf(commentsOf(ticket).values());
    }

    private SortedMap<CommentId, Comment> commentsOf(TicketId ticket) {
        return comments.getOrDefault(ticket, Collections.emptySortedMap());
    }

    @Override
    public synchronized List<Operation> history(TicketId ticket) {
        return List.copyOf(
                histories.getOrDefault(ticket, Collections.emptySortedMap()).values());
    }

    @Override
    public synchronized List<TicketId> withKeys(TicketKey first, TicketKey last, int max) {
        return tickets.values().stream()
                .filter(Ticket::isBorn)
                .map(Ticket::id)
                .filter(id -> id.key().compareTo(first) >= 0 && id.key().compareTo(last) <= 0)
                .sorted(Comparator.comparing(TicketId::key).thenComparing(Comparator.naturalOrder()))
                .limit(max)
                .toList();
    }

    @Override
    public synchronized List<TicketId> linkingTo(TicketId target, int max) {
        return idsOf(
                ticket -> ticket.links().entries().keySet().stream()
                        .anyMatch(link -> link.target().equals(target)),
                max);
    }

    @Override
    public synchronized List<TicketId> mergedInto(TicketId target, int max) {
        return idsOf(ticket -> ticket.mergedInto().or(Optional.empty()).equals(Optional.of(target)), max);
    }

    @Override
    public synchronized List<TicketId> withAttachment(ContentHash hash, int max) {
        return idsOf(ticket -> ticket.attachedHashes().contains(hash), max);
    }

    @Override
    public synchronized List<Attachment> attachedAfter(@Nullable ContentHash after, int max) {
        TreeMap<ContentHash, Attachment> attached = new TreeMap<>();
        tickets.values().stream()
                .flatMap(ticket -> ticket.attachedFiles().stream())
                .filter(attachment -> after == null || attachment.hash().compareTo(after) > 0)
                .forEach(attachment -> attached.putIfAbsent(attachment.hash(), attachment));
        return attached.values().stream().limit(max).toList();
    }

    private List<TicketId> idsOf(Predicate<Ticket> wanted, int max) {
        return tickets.values().stream()
                .filter(wanted)
                .map(Ticket::id)
                .limit(max)
                .toList();
    }

    @Override
    public synchronized TicketPage page(TicketQuery query) {
        Comparator<Ticket> order = query.order();
        List<Ticket> matching = tickets.values().stream()
                .filter(ticket -> query.filter().matches(ticket, () -> textsOf(ticket, query.seesInternal())))
                .sorted(order)
                .toList();
        PageCursor cursor = query.cursor();
        int start = 0;
        int end = Math.min(query.limit(), matching.size());
        if (cursor != null && cursor.backward()) {
            end = placeOf(cursor, query, matching, false);
            start = Math.max(0, end - query.limit());
        } else if (cursor != null) {
            start = placeOf(cursor, query, matching, true);
            end = Math.min(start + query.limit(), matching.size());
        }
        List<Ticket> page = matching.subList(start, end);
        return new TicketPage(
                page,
                end < matching.size() && !page.isEmpty() ? query.after(page.get(page.size() - 1)) : null,
                start > 0 && !page.isEmpty() ? query.before(page.get(0)) : null,
                query.count() ? (long) matching.size() : null);
    }

    /** The index of the first ticket behind the cursor, or at it when {@code behind} is false. */
    private static int placeOf(PageCursor cursor, TicketQuery query, List<Ticket> ordered, boolean behind) {
        int place = 0;
        while (place < ordered.size()) {
            int comparison = query.compare(ordered.get(place), cursor);
            if (behind ? comparison > 0 : comparison >= 0) {
                break;
            }
            place++;
        }
        return place;
    }

    private List<String> textsOf(Ticket ticket, boolean seesInternal) {
        return ticket.comments().entries().values().stream()
                .filter(head -> seesInternal || head.kind() != CommentKind.INTERNAL)
                .map(head -> commentsOf(ticket.id()).get(head.id()))
                .filter(Objects::nonNull)
                .map(Comment::text)
                .toList();
    }

    @Override
    public synchronized TicketCounts counts() {
        return TicketCounts.of(tickets.values().iterator());
    }

    @Override
    public synchronized Optional<Receipt> receipt(RequestKey key) {
        return Optional.ofNullable(receipts.get(keyOf(key)));
    }

    @Override
    public NodeId node() {
        return node;
    }

    @Override
    public synchronized long incarnation() {
        return incarnation;
    }

    @Override
    public synchronized VersionVector version() {
        return version;
    }

    @Override
    public synchronized VersionVector floor() {
        return floor;
    }

    @Override
    public synchronized VersionVector ahead() {
        return ahead;
    }

    @Override
    public synchronized Roster roster() {
        return roster;
    }

    @Override
    public synchronized HybridTimestamp clockBound() {
        return clockBound;
    }

    @Override
    public synchronized List<Operation> operations(Origin origin, long first, int max) {
        TreeMap<Long, Operation> bySequence = operations.getOrDefault(origin, new TreeMap<>());
        return bySequence.tailMap(first).values().stream().limit(max).toList();
    }

    @Override
    public synchronized List<TicketState> states(@Nullable TicketId after, int max) {
        TreeMap<TicketId, TicketState> states = new TreeMap<>();
        for (Ticket ticket : from(after, tickets)) {
            if (states.size() > max) {
                break;
            }
            states.put(ticket.id(), new TicketState.Living(ticket, comments(ticket.id()), history(ticket.id())));
        }
        for (Tombstone tombstone : from(after, tombstones)) {
            states.put(tombstone.ticket(), new TicketState.Purged(tombstone));
        }
        if (after != null) {
            states.remove(after);
        }
        return states.values().stream().limit(max).toList();
    }

    @Override
    public synchronized List<TicketId> ticketsAfter(@Nullable TicketId after, int max) {
        return from(after, tickets).stream()
                .map(Ticket::id)
                .filter(id -> !id.equals(after))
                .limit(max)
                .toList();
    }

    private static <V> Collection<V> from(@Nullable TicketId id, SortedMap<TicketId, V> byId) {
        return id == null ? byId.values() : byId.tailMap(id).values();
    }

    @Override
    public synchronized long[] buckets() {
        return buckets.clone();
    }

    @Override
    public synchronized long position() {
        return changes.size();
    }

    @Override
    public synchronized ChangedTickets changedSince(long position, int max) {
        int from = (int) Math.min(position, changes.size());
        int to = Math.min(from + max, changes.size());
        return new ChangedTickets(
                changes.subList(from, to).stream().flatMap(List::stream).toList(), to);
    }

    @Override
    public void close() {
        // holds nothing that must be let go of
    }
}
