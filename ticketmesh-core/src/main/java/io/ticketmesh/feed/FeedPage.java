package io.ticketmesh.feed;

import io.ticketmesh.causality.VersionVector;
import java.util.List;

/**
 * A part of the feed.
 *
 * @param news in an order that never shows an effect before its cause
 * @param seen what somebody has seen after it; more than the last of the news says when operations followed of which there is nothing to tell
 * @param more whether there was more to read at once
 * @param gap whether operations in between are not to be had one by one any more, because a snapshot brought their effects: then there are no
 *     news, and who goes on from {@code seen} has to read anew whatever he shows
 */
public record FeedPage(List<TicketNews> news, VersionVector seen, boolean more, boolean gap) {
    public FeedPage {
        news = List.copyOf(news);
    }
}
