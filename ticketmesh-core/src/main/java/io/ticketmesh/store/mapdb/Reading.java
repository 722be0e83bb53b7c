package io.ticketmesh.store.mapdb;

import io.ticketmesh.causality.HybridTimestamp;
import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.OperationId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.cluster.Roster;
import io.ticketmesh.crdt.Trace;
import io.ticketmesh.oplog.LogEntry;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.oplog.Receipt;
import io.ticketmesh.oplog.RequestKey;
import io.ticketmesh.oplog.Sizes;
import io.ticketmesh.oplog.TicketState;
import io.ticketmesh.oplog.Tombstone;
import io.ticketmesh.store.ChangedTickets;
import io.ticketmesh.store.ReplicaReader;
import io.ticketmesh.ticket.Attachment;
import io.ticketmesh.ticket.Comment;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.ContentHash;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketCounts;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.TicketKey;
import io.ticketmesh.ticket.TicketPage;
import io.ticketmesh.ticket.TicketQuery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Answers what is asked of a store: about single tickets and where the store stands with the newest commit, all else as the tables
 * hold it. Any thread. A failing disk is an {@link UncheckedIOException}.
 */
final class Reading implements ReplicaReader {
    /** Answers of several values stop growing here. */
    private static final long LARGE_CHARS = 1 << 20;

    private final NodeId node;
    private final Tables tables;
    private final NewestCommit newest;
    private final EntryLog log;

    Reading(NodeId node, Database database, EntryLog log) {
        this.node = node;
        this.tables = database.tables();
        this.newest = database.newest();
        this.log = log;
    }

    @Override
    public NodeId node() {
        return node;
    }

    @Override
    public long incarnation() {
        return newest.standing().incarnation();
    }

    @Override
    public VersionVector version() {
        return newest.standing().version();
    }

    @Override
    public VersionVector floor() {
        return newest.standing().floor();
    }

    @Override
    public VersionVector ahead() {
        return newest.standing().ahead();
    }

    @Override
    public HybridTimestamp clockBound() {
        return newest.standing().clockBound();
    }

    @Override
    public Roster roster() {
        return tables.standing.roster();
    }

    @Override
    public long position() {
        return newest.standing().index();
    }

    @Override
    public long[] buckets() {
        return tables.buckets.clone();
    }

    @Override
    public TicketCounts counts() {
        return tables.counters.counts();
    }

    @Override
    public TicketPage page(TicketQuery query) {
        return page(query, PageReader.FEW);
    }

    TicketPage page(TicketQuery query, int few) {
        return new PageReader(tables, query, few).page();
    }

    @Override
    public Optional<Receipt> receipt(RequestKey key) {
        return tables.receipts.get(key, tables.standing.clockBound());
    }

    @Override
    public Optional<Ticket> ticket(TicketId id) {
        return newest.ticket(id);
    }

    @Override
    public Optional<Tombstone> tombstone(TicketId id) {
        return tables.tombstones.get(Ids.high(id), Ids.low(id));
    }

    @Override
    public Optional<Comment> comment(TicketId ticket, CommentId id) {
        return tables.comments.get(Ids.high(ticket), Ids.low(ticket), Ids.ordered(id.high()), Ids.ordered(id.low()));
    }

    @Override
    public List<Comment> comments(TicketId ticket) {
        return List.copyOf(tables.comments.withPrefix(Ids.high(ticket), Ids.low(ticket)));
    }

    @Override
    public List<TicketId> withKeys(TicketKey first, TicketKey last, int max) {
        return tables.withKeys(first, last, max);
    }

    @Override
    public List<TicketId> linkingTo(TicketId target, int max) {
        return referring(tables.links, Ids.high(target), Ids.low(target), max);
    }

    @Override
    public List<TicketId> mergedInto(TicketId target, int max) {
        return referring(tables.merges, Ids.high(target), Ids.low(target), max);
    }

    @Override
    public List<TicketId> withAttachment(ContentHash hash, int max) {
        return referring(tables.attachments, Ids.high(hash), Ids.low(hash), max);
    }

    @Override
    public List<Attachment> attachedAfter(@Nullable ContentHash after, int max) {
        List<Attachment> attached = new ArrayList<>();
        TreeCursor cursor = tables.attachments.cursor();
        boolean more = after == null
                ? cursor.ceiling(Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE)
                : moveBeyond(cursor, Ids.high(after), Ids.low(after));
        while (more && attached.size() < max) {
            long high = cursor.cell(0);
            long low = cursor.cell(1);
            ticket(Ids.ticket(cursor.cell(2), cursor.cell(3))).stream()
                    .flatMap(ticket -> ticket.attachedFiles().stream())
                    .filter(file -> Ids.high(file.hash()) == high && Ids.low(file.hash()) == low)
                    .findFirst()
                    .ifPresent(attached::add); // else the ticket was changed since
            more = moveBeyond(cursor, high, low);
        }
        return attached;
    }

    /** Moves to the first entry behind all that begin so. */
    private static boolean moveBeyond(TreeCursor cursor, long high, long low) {
        boolean more = cursor.ceiling(high, low, Long.MAX_VALUE, Long.MAX_VALUE);
        return more && cursor.startsWith(high, low) ? cursor.next() : more;
    }

    private static List<TicketId> referring(PackedTree references, long high, long low, int max) {
        List<TicketId> ids = new ArrayList<>();
        TreeCursor cursor = references.cursor();
        boolean more = cursor.ceiling(high, low, Long.MIN_VALUE, Long.MIN_VALUE);
        while (more && ids.size() < max && cursor.startsWith(high, low)) {
            ids.add(Ids.ticket(cursor.cell(2), cursor.cell(3)));
            more = cursor.next();
        }
        return ids;
    }

    // Operations

    private LogEntry read(long position) {
        try {
            return log.read(position);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<Operation> history(TicketId ticket) {
        long high = Ids.high(ticket);
        long low = Ids.low(ticket);
        SortedMap<Trace, Operation> history = new TreeMap<>();
        Set<Long> listed = new HashSet<>();
        Set<Long> positions = new HashSet<>();
        TreeCursor cursor = tables.histories.cursor();
        boolean more = cursor.ceiling(high, low, Long.MIN_VALUE, Long.MIN_VALUE);
        while (more && cursor.startsWith(high, low)) {
            listed.add(cursor.cell(3));
            positions.add(cursor.cell(4));
            more = cursor.next();
        }
        for (long position : positions) {
            LogEntry entry = read(position);
            if (entry instanceof Operation operation) {
                history.put(operation.trace(), operation);
            } else if (entry instanceof LogEntry.Adopted adopted
                    && adopted.state() instanceof TicketState.Living living) {
                living.history().stream()
                        .filter(operation -> listed.contains(tables.origins.pack(operation.id())))
                        .forEach(operation -> history.put(operation.trace(), operation));
            }
        }
        return List.copyOf(history.values());
    }

    @Override
    public List<Operation> operations(Origin origin, long first, int max) {
        int number = tables.origins.find(origin);
        List<Operation> operations = new ArrayList<>();
        if (number < 0) {
            return operations;
        }
        TreeCursor cursor = tables.operations.cursor();
        long size = 0;
        long sequence = first;
        boolean more = cursor.ceiling(number, first);
        while (more && operations.size() < max && size < LARGE_CHARS && cursor.startsWith(number, sequence)) {
            LogEntry entry = read(cursor.cell(2));
            if (!(entry instanceof Operation operation) || !operation.id().equals(new OperationId(origin, sequence))) {
                throw new IllegalStateException("The log holds something else for " + origin + "#" + sequence);
            }
            operations.add(operation);
            size += Sizes.of(operation);
            sequence++;
            more = cursor.next();
        }
        return List.copyOf(operations);
    }

    @Override
    public ChangedTickets changedSince(long position, int max) {
        long last = tables.standing.index();
        long next = Math.max(position, Math.min(last, max < 0 ? position : position + max));
        List<TicketId> ids = new ArrayList<>();
        TreeCursor cursor = tables.changes.cursor();
        boolean more = cursor.ceiling(position + 1);
        while (more && cursor.cell(0) <= next) {
            ids.add(Ids.ticket(cursor.cell(1), cursor.cell(2)));
            more = cursor.next();
        }
        return new ChangedTickets(ids, next);
    }

    // Snapshots

    @Override
    public List<TicketState> states(@Nullable TicketId after, int max) {
        TreeCursor tickets = tables.tickets.byId();
        TreeCursor tombstones = tables.tombstones.byKey();
        boolean moreTickets = begin(tickets, after);
        boolean moreTombstones = begin(tombstones, after);
        List<TicketState> states = new ArrayList<>();
        long size = 0;
        while ((moreTickets || moreTombstones) && states.size() < max && size < LARGE_CHARS) {
            int order = !moreTombstones ? -1 : !moreTickets ? 1 : id(tickets).compareTo(id(tombstones));
            TicketId id = id(order <= 0 ? tickets : tombstones);
            Optional<TicketState> state = state(id);
            state.ifPresent(states::add);
            size += state.map(Sizes::of).orElse(0L);
            moreTickets = order <= 0 ? tickets.next() : moreTickets;
            moreTombstones = order >= 0 ? tombstones.next() : moreTombstones;
        }
        return List.copyOf(states);
    }

    @Override
    public List<TicketId> ticketsAfter(@Nullable TicketId after, int max) {
        TreeCursor tickets = tables.tickets.byId();
        List<TicketId> ids = new ArrayList<>();
        boolean more = begin(tickets, after);
        while (more && ids.size() < max) {
            ids.add(id(tickets));
            more = tickets.next();
        }
        return List.copyOf(ids);
    }

    private static boolean begin(TreeCursor cursor, @Nullable TicketId after) {
        if (after == null) {
            return cursor.ceiling(KeyRange.first(2));
        }
        long[] key = {Ids.high(after), Ids.low(after)};
        boolean found = cursor.ceiling(key);
        return found && cursor.startsWith(key) ? cursor.next() : found;
    }

    private static TicketId id(TreeCursor cursor) {
        return Ids.ticket(cursor.cell(0), cursor.cell(1));
    }

    private Optional<TicketState> state(TicketId id) {
        Optional<Ticket> ticket = tables.tickets.get(id);
        if (ticket.isPresent()) {
            return Optional.of(new TicketState.Living(ticket.get(), comments(id), history(id)));
        }
        return tombstone(id).map(TicketState.Purged::new);
    }
}
