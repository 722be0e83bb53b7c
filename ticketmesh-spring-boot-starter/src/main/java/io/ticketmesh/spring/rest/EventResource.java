package io.ticketmesh.spring.rest;

import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.feed.Feed;
import io.ticketmesh.feed.FeedMark;
import io.ticketmesh.feed.FeedPage;
import io.ticketmesh.feed.TicketNews;
import io.ticketmesh.json.NewsJson;
import io.ticketmesh.oplog.Sizes;
import io.ticketmesh.ticket.TicketFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What happens to tickets, for those who listen and for those who ask from time to time. */
final class EventResource {
    private static final String LAST_ID = "Last-Event-ID";
    private static final String TYPE = "text/event-stream";
    static final int DEFAULT_ITEMS = 100;
    static final int MAX_ITEMS = 1_000;

    /** About how many characters of changes are in one answer, and how much of the feed is looked at for it. */
    private static final long MAX_CHARS = 4_000_000;

    private static final int MAX_PAGES = 100;
    private static final int PAGE = 100;
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Desk desk;

    EventResource(Desk desk) {
        this.desk = desk;
    }

    private EventReader reader(Call call) {
        TicketFilter filter = new ListFilter(desk, call).deletedToo().wanted();
        return new EventReader(desk.service(), filter, call.rights());
    }

    Reply stream(Call call) {
        EventReader reader = reader(call);
        String given = call.parameters().text("lastEventId");
        call.parameters().requireAllKnown();
        Accepted.of(call).choose(List.of(TYPE));
        String newest = call.singleHeader(LAST_ID); // what a browser has heard since it was given the address
        String id = newest == null || newest.isEmpty() ? given : newest;
        desk.streams().requireRoom();
        Feed feed = desk.service().feed();
        VersionVector seen = id == null || id.isEmpty() ? feed.held() : seen(feed, id);
        VersionVector start = seen == null ? feed.held() : seen;
        byte[] beginning = EventFrame.beginning(feed.mark(start));
        EventStream stream = seen == null
                ? new EventStream(desk.streams(), reader, start, beginning, EventFrame.reset(feed.mark(start)))
                : new EventStream(desk.streams(), reader, start, beginning);
        return Reply.opened(
                        TYPE + ";charset=UTF-8",
                        (request, response) -> desk.streams().open(stream, request, response))
                .with("Cache-Control", "no-store")
                .with("X-Accel-Buffering", "no");
    }

    /** What somebody has seen whose last id that is, after a moment if this node lags behind; null when that cannot be told here. */
    private @Nullable VersionVector seen(Feed feed, String id) {
        FeedMark mark;
        try {
            mark = FeedMark.parse(id);
        } catch (IllegalArgumentException notOurs) {
            return null;
        }
        VersionVector seen = heldOf(feed, mark);
        if (seen == null && reached(mark.summary().listed())) {
            seen = heldOf(feed, mark);
        }
        return seen;
    }

    private static @Nullable VersionVector heldOf(Feed feed, FeedMark mark) {
        VersionVector held = feed.held();
        VersionVector seen = mark.completedBy(held);
        return seen != null && held.dominates(seen) ? seen : null;
    }

    private boolean reached(VersionVector version) {
        Duration wait = desk.settings().rest().readWait();
        try {
            return desk.service().reached(version, wait).get(wait.plus(GRACE).toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException hanging) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The same for those who ask from time to time. */
    Reply changes(Call call) {
        EventReader reader = reader(call);
        String since = call.parameters().text("since");
        int limit = call.parameters().size("limit", DEFAULT_ITEMS, MAX_ITEMS);
        call.parameters().requireAllKnown();
        Feed feed = desk.service().feed();
        VersionVector seen = since == null ? feed.held() : seen(feed, since);
        if (seen == null) {
            throw gone(feed, feed.held());
        }
        return new Collection(feed, reader, limit, seen).reply();
    }

    private static ProblemException gone(Feed feed, VersionVector now) {
        return Problem.of(
                        ProblemKind.CHANGES_GONE,
                        "This node cannot tell what happened since then. Read anew whatever you show, and go on from 'next'")
                .with("reset", true)
                .with("next", feed.mark(now).toString())
                .exception();
    }

    /** The items of one answer. */
    private static final class Collection {
        private final Feed feed;
        private final EventReader reader;
        private final int limit;
        private final List<TicketNews> items = new ArrayList<>();
        private VersionVector seen;
        private long chars;
        private boolean more = true;

        Collection(Feed feed, EventReader reader, int limit, VersionVector seen) {
            this.feed = feed;
            this.reader = reader;
            this.limit = limit;
            this.seen = seen;
        }

        Reply reply() {
            for (int pages = 0; more && pages < MAX_PAGES && hasRoom(); pages++) {
                collect(feed.read(seen, PAGE));
            }
            String next = feed.mark(seen).toString();
            return Reply.json(200, json -> {
                json.startObject().startArray("items");
                items.forEach(item -> NewsJson.write(json, item, reader.service()));
                json.endArray().member("next", next).member("more", more).endObject();
            });
        }

        private boolean hasRoom() {
            return items.size() < limit && chars < MAX_CHARS;
        }

        private void collect(FeedPage page) {
            if (page.gap()) {
                throw gone(feed, page.seen());
            }
            for (TicketNews news : page.news()) {
                if (!hasRoom()) {
                    return;
                }
                TicketNews shared = reader.share(news);
                seen = news.seen();
                if (shared != null) {
                    items.add(shared);
                    chars += Sizes.of(shared.operation());
                }
            }
            seen = page.seen();
            more = page.more();
        }
    }
}
