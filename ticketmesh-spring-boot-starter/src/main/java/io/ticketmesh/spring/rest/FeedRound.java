package io.ticketmesh.spring.rest;

import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.feed.Feed;
import io.ticketmesh.feed.FeedMark;
import io.ticketmesh.feed.FeedPage;
import io.ticketmesh.feed.TicketNews;
import io.ticketmesh.node.TicketService;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is new, read and written out once for all streams that have seen the same. For one thread, and one walk over the streams. */
final class FeedRound {
    private static final int PAGE = 50;
    private static final int PAGES = 8;

    private final TicketService service;
    private final Feed feed;
    private final Map<VersionVector, FeedPage> pages = new LinkedHashMap<>();
    private final IdentityHashMap<TicketNews, byte[]> frames = new IdentityHashMap<>();

    FeedRound(TicketService service) {
        this.service = service;
        this.feed = service.feed();
    }

    FeedPage after(VersionVector seen) {
        FeedPage page = pages.get(seen);
        if (page == null) {
            if (pages.size() >= PAGES) {
                pages.clear();
                frames.clear();
            }
            page = feed.read(seen, PAGE);
            pages.put(seen, page);
        }
        return page;
    }

    byte[] frame(TicketNews news) {
        return frames.computeIfAbsent(news, told -> EventFrame.news(feed.mark(told.seen()), told, service));
    }

    FeedMark mark(VersionVector seen) {
        return feed.mark(seen);
    }
}
