package io.ticketmesh.simulation;

import io.ticketmesh.oplog.Tombstone;
import io.ticketmesh.store.Commit;
import io.ticketmesh.store.MemoryStore;
import io.ticketmesh.store.ReplicaReader;
import io.ticketmesh.ticket.Comment;
import io.ticketmesh.ticket.Ticket;
import java.util.Arrays;
import java.util.List;

/** Equal versions mean equal content; what was purged stays purged; what was redacted has no text; sums are the sums of the content. */
final class ContentCheck implements Check {
    private final World world;
    private final Places places;

    ContentCheck(World world, Places places) {
        this.world = world;
        this.places = places;
    }

    @Override
    public void afterCommit(Machine machine, Commit commit) {
        MemoryStore disk = machine.disk();
        for (Ticket ticket : commit.tickets()) {
            requirePurgedStaysPurged(machine, ticket);
        }
        for (Comment comment : commit.comments()) {
            if (comment.isRedacted() && !comment.text().isEmpty()) {
                throw new AssertionError(machine.name() + " still has the text of a redacted comment");
            }
        }
        for (Machine other : world.machines()) {
            if (other != machine
                    && isSettled(disk)
                    && isSettled(other.disk())
                    && disk.version().equals(other.disk().version())) {
                requireEqual(machine, other, commit);
            }
        }
    }

    private static void requirePurgedStaysPurged(Machine machine, Ticket ticket) {
        if (machine.disk().tombstone(ticket.id()).isPresent()) {
            throw new AssertionError(machine.name() + " brought back the purged ticket " + ticket);
        }
    }

    private static boolean isSettled(MemoryStore disk) {
        return disk.version().dominates(disk.ahead());
    }

    private static void requireEqual(Machine one, Machine two, Commit commit) {
        commit.tickets().forEach(ticket -> Places.requireSameTicket(one, two, ticket.id()));
        commit.tombstones().forEach(tombstone -> Places.requireSameTicket(one, two, tombstone.ticket()));
        if (!Arrays.equals(one.disk().buckets(), two.disk().buckets())) {
            throw new AssertionError(one.name() + " and " + two.name() + " hold different content at the same version "
                    + one.disk().version());
        }
    }

    @Override
    public void atRest(List<Machine> machines) {
        for (Machine machine : machines) {
            long[] sums = new long[ReplicaReader.BUCKETS];
            MemoryStore disk = machine.disk();
            places.all().forEach(id -> {
                int bucket = ReplicaReader.bucketOf(id);
                disk.ticket(id).ifPresent(ticket -> sums[bucket] += ticket.fingerprint());
                disk.comments(id).forEach(comment -> sums[bucket] += comment.fingerprint());
                disk.tombstone(id).map(Tombstone::fingerprint).ifPresent(sum -> sums[bucket] += sum);
                if (disk.tombstone(id).isPresent()
                        && (disk.ticket(id).isPresent()
                                || !disk.comments(id).isEmpty()
                                || !disk.history(id).isEmpty())) {
                    throw new AssertionError(machine.name() + " kept something of the purged ticket " + id.key());
                }
            });
            if (!Arrays.equals(sums, disk.buckets())) {
                throw new AssertionError("The sums of " + machine.name() + " are not those of its content");
            }
        }
    }
}
