package io.ticketmesh.feed;

import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.oplog.FieldChange;
import io.ticketmesh.oplog.Narration;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.store.ReplicaReader;
import io.ticketmesh.ticket.Book;
import io.ticketmesh.ticket.TicketId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Supplier;

/**
 * All operations that this node holds, as news: whoever says what he has seen is told what came besides. It keeps nothing of its readers, so
 * another node goes on where this one stopped. Thread-safe; reads from the store and never waits for anybody. Who goes on from where a page
 * ended, as all do who listen, is told the next one without the histories of its tickets being read again.
 *
 * <p>Operations come by rising hybrid timestamp, those of one origin in their order, so that no effect comes before its cause. Of a ticket that
 * is purged only the purge is told. Of a timer that several nodes fired, because they could not see each other, only one firing is told.
 */
public final class Feed {
    private final ReplicaReader reader;
    private final Supplier<Set<Origin>> running;
    private final Bookmarks bookmarks;

    /**
     * @param running gives the runs that may still write
     */
    public Feed(ReplicaReader reader, Supplier<Set<Origin>> running) {
        this.reader = reader;
        this.running = running;
        this.bookmarks = new Bookmarks(reader);
    }

    /** All that this node holds now. */
    public VersionVector held() {
        return reader.version();
    }

    /** The mark of somebody who has seen {@code seen}. */
    public FeedMark mark(VersionVector seen) {
        return FeedMark.of(seen, reader.version(), running.get());
    }

    /**
     * What is beyond {@code seen}.
     *
     * @param seen nothing that this node does not hold
     * @param max how many operations to look at; fewer when they are large
     */
    public FeedPage read(VersionVector seen, int max) {
        VersionVector held = reader.version();
        if (seen.equals(held)) {
            return new FeedPage(List.of(), seen, false, false);
        }
        Bookmark bookmark = bookmarks.take(seen);
        try {
            FeedPage page = new Reading(seen, held, max, bookmark).page();
            bookmarks.put(page.seen(), bookmark);
            return page;
        } catch (Missing gap) {
            return new FeedPage(List.of(), reader.version(), false, true);
        }
    }

    /** An operation is not to be had any more. */
    private static final class Missing extends Exception {
        private static final long serialVersionUID = 1;
    }

    /** One page as it comes about. */
    private final class Reading {
        private final PriorityQueue<Lane> lanes = new PriorityQueue<>(
                Comparator.comparing((Lane lane) -> lane.head().trace()));
        private final Map<TicketId, Optional<Narration>> narrations = new HashMap<>();
        private final Bookmark bookmark;
        private final List<TicketNews> news = new ArrayList<>();
        private final int max;
        private VersionVector seen;

        Reading(VersionVector seen, VersionVector held, int max, Bookmark bookmark) throws Missing {
            this.seen = seen;
            this.max = max;
            this.bookmark = bookmark;
            List<Lane> behind = new ArrayList<>();
            held.forEach((origin, last) -> {
                if (last > seen.get(origin)) {
                    behind.add(new Lane(origin, seen.get(origin) + 1, last));
                }
            });
            int chunk = Math.max(1, Math.min(max, 2 * max / Math.max(1, behind.size())));
            for (Lane lane : behind) {
                lane.fill(chunk);
                lanes.add(lane);
            }
        }

        FeedPage page() throws Missing {
            for (int count = 0; count < max && !lanes.isEmpty(); count++) {
                Lane lane = lanes.remove();
                tell(lane.next());
                if (lane.hasMore()) {
                    lane.fill(max);
                    lanes.add(lane);
                }
            }
            return new FeedPage(news, seen, !lanes.isEmpty(), false);
        }

        private void tell(Operation operation) {
            if (Book.isBook(operation.ticket())) {
                seen = seen.with(operation.id());
                return;
            }
            Optional<Narration> narration = narrations.computeIfAbsent(operation.ticket(), this::narration);
            narration.ifPresent(told -> tellCauses(operation, told));
            seen = seen.with(operation.id());
            if (operation.purges()) {
                news.add(TicketNews.purged(operation, seen));
                narrations.put(operation.ticket(), Optional.empty());
                bookmark.forget(operation.ticket());
            } else {
                narration.ifPresent(told -> tell(operation, told));
            }
        }

        /**
         * What the operation's author had seen of the ticket comes before it. A snapshot may have brought the ticket alone, so that the
         * version reaches its operations later; they are told now, and again when it does.
         */
        private void tellCauses(Operation operation, Narration narration) {
            if (narration.ticket().seen().dominates(operation.seen())) {
                return;
            }
            for (Operation cause : reader.history(operation.ticket())) {
                boolean known = narration.ticket().seen().contains(cause.id());
                if (!known && operation.seen().contains(cause.id())) {
                    tell(cause, narration);
                }
            }
        }

        private void tell(Operation operation, Narration narration) {
            boolean again = narration.ticket().seen().contains(operation.id());
            boolean firesAgain = operation.firesAgain(narration.ticket());
            List<FieldChange> changes = again ? List.of() : narration.tell(operation);
            boolean isKnown = firesAgain && changes.isEmpty();
            if (narration.ticket().isBorn() && !isKnown) {
                news.add(TicketNews.changed(operation, narration.ticket(), changes, seen));
            }
        }

        /** The ticket up to what was seen; empty when it is purged. */
        private Optional<Narration> narration(TicketId id) {
            if (reader.tombstone(id).isPresent()) {
                bookmark.forget(id);
                return Optional.empty();
            }
            return Optional.of(bookmark.has(id) ? bookmark.narration(id) : bookmark.anew(id, seen));
        }
    }

    /** The operations of one origin that are to be told, fetched a few at a time. */
    private final class Lane {
        private final Origin origin;
        private final long last;
        private final Deque<Operation> fetched = new ArrayDeque<>();
        private long next;

        Lane(Origin origin, long first, long last) {
            this.origin = origin;
            this.next = first;
            this.last = last;
        }

        Operation head() {
            return fetched.element();
        }

        Operation next() {
            next++;
            return fetched.remove();
        }

        boolean hasMore() {
            return next <= last;
        }

        /** Fetches some if none are left. */
        void fill(int most) throws Missing {
            if (!fetched.isEmpty()) {
                return;
            }
            if (next <= reader.floor().get(origin)) {
                throw new Missing();
            }
            fetched.addAll(reader.operations(origin, next, (int) Math.min(most, last - next + 1)));
            if (fetched.isEmpty() || head().id().sequence() != next) {
                throw new Missing(); // a snapshot jumped over it just now
            }
        }
    }
}
