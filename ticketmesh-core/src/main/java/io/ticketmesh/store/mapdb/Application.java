package io.ticketmesh.store.mapdb;

import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.oplog.LogEntry;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.oplog.TicketState;
import io.ticketmesh.oplog.Tombstone;
import io.ticketmesh.store.Commit;
import io.ticketmesh.store.ReplicaReader;
import io.ticketmesh.ticket.Comment;
import io.ticketmesh.ticket.ContentHash;
import io.ticketmesh.ticket.Link;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.wire.WireCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Applies one commit, already in the log, to the tables. First comes what is new, then the lists that lead to it, then tickets
 * are replaced, then what is outdated goes; so a reader beside it finds every ticket that does not change where it always was.
 * After an exception the tables hold half a commit and must not be used. For the writer.
 */
final class Application {
    private final Tables tables;
    private final WireCodec codec;
    private final SecondaryIndex index;
    private final long[] buckets;
    private final Set<TicketId> purged = new HashSet<>();
    private final List<Replacement> replacements = new ArrayList<>();
    private final List<Replacement> added = new ArrayList<>();
    private final List<long[]> outdatedLinks = new ArrayList<>();
    private final List<long[]> outdatedMerges = new ArrayList<>();
    private final List<long[]> outdatedAttachments = new ArrayList<>();
    private Standing standing;

    private record Replacement(long record, Ticket ticket, byte[] bytes) {}

    private Application(Tables tables, WireCodec codec) {
        this.tables = tables;
        this.codec = codec;
        this.index = new SecondaryIndex(tables.index, tables.lists);
        this.buckets = tables.buckets.clone();
        this.standing = tables.standing;
    }

    /** @param entries those of the commit, as the log holds them */
    static void apply(Commit commit, List<StoredEntry> entries, Tables tables, WireCodec codec) {
        new Application(tables, codec).run(commit, entries);
    }

    private void run(Commit commit, List<StoredEntry> entries) {
        commit.tombstones().forEach(this::bury);
        commit.tickets().forEach(this::put);
        commit.comments().forEach(this::put);
        boolean jumps = entries.stream().anyMatch(stored -> stored.entry() instanceof LogEntry.Caught);
        for (StoredEntry stored : entries) {
            note(stored, jumps);
        }
        tables.nodes.show();
        index.addNew();
        tables.nodes.show();
        replacements.forEach(one -> tables.tickets.replace(one.record(), one.ticket(), one.bytes()));
        for (Replacement one : added) {
            tables.tickets.keep(one.ticket(), one.bytes().length);
            tables.keys.add(one.ticket().id());
        }
        purged.forEach(this::remove);
        index.removeOutdated();
        outdatedLinks.forEach(tables.links::remove);
        outdatedMerges.forEach(tables.merges::remove);
        outdatedAttachments.forEach(tables.attachments::remove);
        tables.nodes.show();
        tables.receipts.clockMoved(tables.standing.clockBound(), standing.clockBound());
        tables.buckets = buckets;
        long last = entries.isEmpty()
                ? standing.index()
                : entries.get(entries.size() - 1).index();
        tables.standing = new Standing(
                last,
                commit.version(),
                commit.ahead(),
                standing.floor(),
                standing.clockBound(),
                standing.incarnation(),
                standing.roster(),
                standing.unknownKinds());
        tables.keys.advance(last);
        tables.nodes.writeOldest();
    }

    // What is new

    private void put(Ticket ticket) {
        TicketId id = ticket.id();
        long record = tables.tickets.record(id);
        Ticket before = record == 0 ? null : tables.tickets.get(id).orElse(null);
        byte[] bytes = codec.encodeTicket(ticket);
        if (record == 0) {
            tables.tickets.add(ticket, bytes);
            added.add(new Replacement(0, ticket, bytes));
        } else {
            replacements.add(new Replacement(record, ticket, bytes));
        }
        index.change(before, ticket);
        changeReferences(before, ticket);
        tables.counters.change(before, ticket);
        count(id, before == null ? 0 : before.fingerprint(), ticket.fingerprint());
    }

    private void changeReferences(@Nullable Ticket before, @Nullable Ticket after) {
        TicketId id = idOf(before, after);
        change(tables.links, targets(before), targets(after), target -> reference(target, id), outdatedLinks);
        change(tables.merges, mergeTarget(before), mergeTarget(after), target -> reference(target, id), outdatedMerges);
        change(
                tables.attachments,
                hashes(before),
                hashes(after),
                hash -> new long[] {Ids.high(hash), Ids.low(hash), Ids.high(id), Ids.low(id)},
                outdatedAttachments);
    }

    private static Set<ContentHash> hashes(@Nullable Ticket ticket) {
        return ticket == null ? Set.of() : ticket.attachedHashes();
    }

    private static TicketId idOf(@Nullable Ticket before, @Nullable Ticket after) {
        Ticket one = before == null ? after : before;
        return one == null ? new TicketId(0, 0) : one.id();
    }

    private static <T> void change(
            PackedTree tree, Set<T> before, Set<T> after, Function<T, long[]> reference, List<long[]> outdated) {
        for (T target : after) {
            if (!before.contains(target)) {
                tree.put(reference.apply(target));
            }
        }
        for (T target : before) {
            if (!after.contains(target)) {
                outdated.add(reference.apply(target));
            }
        }
    }

    private static long[] reference(TicketId target, TicketId id) {
        return new long[] {Ids.high(target), Ids.low(target), Ids.high(id), Ids.low(id)};
    }

    private static Set<TicketId> targets(@Nullable Ticket ticket) {
        if (ticket == null || ticket.links().size() == 0) {
            return Set.of();
        }
        Set<TicketId> targets = new HashSet<>();
        for (Link link : ticket.links().entries().keySet()) {
            targets.add(link.target());
        }
        return targets;
    }

    private static Set<TicketId> mergeTarget(@Nullable Ticket ticket) {
        Optional<TicketId> target =
                ticket == null ? Optional.empty() : ticket.mergedInto().or(Optional.empty());
        return target.map(Set::of).orElse(Set.of());
    }

    private void put(Comment comment) {
        TicketId ticket = comment.ticket();
        long[] key = {
            Ids.high(ticket),
            Ids.low(ticket),
            Ids.ordered(comment.id().high()),
            Ids.ordered(comment.id().low())
        };
        long before = tables.comments.get(key).map(Comment::fingerprint).orElse(0L);
        tables.comments.put(comment, key);
        count(ticket, before, comment.fingerprint());
    }

    private void count(TicketId id, long before, long after) {
        buckets[ReplicaReader.bucketOf(id)] += after - before;
    }

    // What the log tells

    private void note(StoredEntry stored, boolean jumps) {
        LogEntry entry = stored.entry();
        if (entry instanceof Operation operation) {
            if (operation.hasUnknownChanges()) {
                standing = standing.withUnknownKinds();
            }
            tables.operations.put(
                    tables.origins.number(operation.id().origin()),
                    operation.id().sequence(),
                    stored.position());
            noteHistory(operation, stored.position());
            tables.receipts.note(operation, standing.clockBound());
            noteChange(stored.index(), operation.ticket());
            if (jumps) {
                standing = standing.withVersion(standing.version().with(operation.id()));
            }
        } else if (entry instanceof LogEntry.Adopted adopted) {
            if (adopted.state() instanceof TicketState.Living living) {
                for (Operation operation : living.history()) {
                    noteHistory(operation, stored.position());
                    tables.receipts.note(operation, standing.clockBound());
                }
            }
            noteChange(stored.index(), adopted.state().id());
        } else if (entry instanceof LogEntry.Caught caught) {
            standing = caughtUp(caught.version());
        } else if (entry instanceof LogEntry.Opening opening) {
            standing = standing.withIncarnation(
                    Math.max(standing.incarnation(), opening.origin().incarnation()));
        } else if (entry instanceof LogEntry.Enrolled enrolled) {
            standing = standing.withRoster(standing.roster().with(enrolled.member()));
        } else if (entry instanceof LogEntry.ClockBound bound) {
            standing = standing.withClockBound(standing.clockBound().max(bound.bound()));
        }
    }

    /** The floor rises where a snapshot jumped over operations: origins of which all are held have none. */
    private Standing caughtUp(VersionVector caught) {
        Map<Origin, Long> jumped = new HashMap<>();
        caught.forEach((origin, sequence) -> {
            if (sequence > standing.version().get(origin)) {
                jumped.put(origin, sequence);
            }
        });
        return standing.withFloor(standing.floor().merge(VersionVector.of(jumped)))
                .withVersion(standing.version().merge(caught));
    }

    private void noteHistory(Operation operation, long position) {
        TicketId id = operation.ticket();
        if (!isPurged(id)) {
            tables.histories.put(
                    Ids.high(id),
                    Ids.low(id),
                    operation.time().packed(),
                    tables.origins.pack(operation.id()),
                    position);
        }
    }

    private boolean isPurged(TicketId id) {
        return purged.contains(id)
                || tables.tombstones.get(Ids.high(id), Ids.low(id)).isPresent();
    }

    private void noteChange(long entryIndex, TicketId id) {
        tables.changes.put(entryIndex, Ids.high(id), Ids.low(id));
    }

    // What is outdated

    private void bury(Tombstone tombstone) {
        TicketId id = tombstone.ticket();
        purged.add(id);
        Ticket ticket = tables.tickets.get(id).orElse(null);
        if (ticket != null) {
            index.change(ticket, null);
            changeReferences(ticket, null);
            tables.counters.change(ticket, null);
            count(id, ticket.fingerprint(), 0);
        }
        tables.comments.withPrefix(Ids.high(id), Ids.low(id)).forEach(comment -> count(id, comment.fingerprint(), 0));
        long before = tables.tombstones
                .get(Ids.high(id), Ids.low(id))
                .map(Tombstone::fingerprint)
                .orElse(0L);
        tables.tombstones.put(tombstone, Ids.high(id), Ids.low(id));
        count(id, before, tombstone.fingerprint());
    }

    private void remove(TicketId id) {
        long record = tables.tickets.record(id);
        if (record != 0) {
            tables.tickets.remove(id, record);
            tables.keys.remove(id);
        }
        tables.comments.removePrefix(Ids.high(id), Ids.low(id));
        KeyRange.keys(tables.histories, Ids.high(id), Ids.low(id)).forEach(tables.histories::remove);
    }
}
