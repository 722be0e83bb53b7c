package io.ticketmesh.spring.rest;

import io.ticketmesh.feed.FeedMark;
import io.ticketmesh.feed.TicketNews;
import io.ticketmesh.json.JsonWriter;
import io.ticketmesh.json.NewsJson;
import io.ticketmesh.node.TicketService;
import java.nio.charset.StandardCharsets;

/** What stands in a stream of server-sent events: text/event-stream of the WHATWG's HTML standard. */
final class EventFrame {
    /** How long a browser waits before it connects again. */
    private static final int RETRY_MILLIS = 2_000;

    private EventFrame() {}

    static byte[] news(FeedMark after, TicketNews news, TicketService service) {
        return event(after, news.type().label(), JsonWriter.text(json -> NewsJson.write(json, news, service)));
    }

    /** The reader may have missed something, and has to read anew whatever he shows. */
    static byte[] reset(FeedMark now) {
        return event(now, "reset", "{}");
    }

    /** No event, but an id from which to go on. */
    static byte[] beginning(FeedMark now) {
        return bytes("retry: " + RETRY_MILLIS + "\nid: " + now + "\n\n");
    }

    /** No event, but a sign of life, and an id behind what was not for this reader. */
    static byte[] alive(FeedMark now) {
        return bytes(": alive\nid: " + now + "\n\n");
    }

    static byte[] alive() {
        return bytes(": alive\n\n");
    }

    private static byte[] event(FeedMark id, String name, String json) {
        return bytes("id: " + id + "\nevent: " + name + "\ndata: " + json + "\n\n");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
