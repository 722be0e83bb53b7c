package io.ticketmesh.simulation;

import io.ticketmesh.causality.OperationId;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.feed.Feed;
import io.ticketmesh.feed.FeedMark;
import io.ticketmesh.feed.FeedPage;
import io.ticketmesh.feed.TicketNews;
import io.ticketmesh.store.Commit;
import io.ticketmesh.store.MemoryStore;
import io.ticketmesh.ticket.Book;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A reader of the feed who goes from machine to machine with a mark is told all that happened, or that he was not. */
final class FeedCheck implements Check {
    private static final int EVERY = 7;
    private static final int PAGE = 3;

    private final Set<OperationId> told = new HashSet<>();
    private int commits;

    /** What he had seen when he began, or had to begin anew. */
    private VersionVector beginning = VersionVector.EMPTY;

    private String mark =
            FeedMark.of(VersionVector.EMPTY, VersionVector.EMPTY, Set.of()).toString();

    @Override
    public void afterCommit(Machine machine, Commit commit) {
        if (commits++ % EVERY == 0) {
            read(machine.disk());
        }
    }

    /** Whether there was something. */
    private boolean read(MemoryStore disk) {
        VersionVector held = disk.version();
        VersionVector seen = FeedMark.parse(mark).completedBy(held);
        if (seen == null || !held.dominates(seen)) {
            return false; // he waits until it does, or asks elsewhere
        }
        FeedPage page = new Feed(disk, Set::of).read(seen, PAGE);
        if (page.gap()) {
            begin(disk);
            return true;
        }
        for (TicketNews news : page.news()) {
            told.add(news.operation().id());
            if (Book.isBook(news.ticketId())) {
                throw new AssertionError("The reader of the feed was told of a book: " + news.operation());
            }
        }
        mark = FeedMark.of(page.seen(), held, Set.of()).toString();
        return page.more() || !page.news().isEmpty();
    }

    private void begin(MemoryStore disk) {
        beginning = disk.version();
        told.clear();
        mark = FeedMark.of(beginning, beginning, Set.of()).toString();
    }

    @Override
    public void atRest(List<Machine> machines) {
        MemoryStore disk = machines.get(0).disk();
        VersionVector seen = FeedMark.parse(mark).completedBy(disk.version());
        if (seen == null || !disk.version().dominates(seen)) {
            return; // he saw what was lost with a disk, and is told to begin anew
        }
        while (read(disk)) {
            continue;
        }
        disk.version().forEach((origin, last) -> {
            long first = Math.max(beginning.get(origin), disk.floor().get(origin)) + 1;
            disk.operations(origin, first, Integer.MAX_VALUE).forEach(operation -> {
                if (!told.contains(operation.id())
                        && !operation.purges()
                        && !Book.isBook(operation.ticket())
                        && disk.tombstone(operation.ticket()).isEmpty()) {
                    throw new AssertionError("The reader of the feed was never told of " + operation.id());
                }
            });
        });
    }
}
