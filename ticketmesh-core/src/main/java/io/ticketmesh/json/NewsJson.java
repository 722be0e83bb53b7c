package io.ticketmesh.json;

import io.ticketmesh.crdt.Trace;
import io.ticketmesh.feed.TicketNews;
import io.ticketmesh.ticket.Ticket;
import java.time.Instant;

/** News of a ticket in JSON. */
public final class NewsJson {
    private NewsJson() {}

    /** Writes the news as an object; the entity tag of a ticket that is purged is null. */
    public static void write(JsonWriter json, TicketNews news) {
        Trace trace = news.trace();
        Ticket ticket = news.ticket();
        json.startObject()
                .member("eventId", news.eventId())
                .member("ticketId", news.ticketId().toString())
                .member("key", news.ticketId().key().toString())
                .member("type", news.type().label())
                .member("actor", trace.actor())
                .member("origin", trace.operation().origin().node().toString())
                .member("at", Instant.ofEpochMilli(trace.atMillis()))
                .member("etag", ticket == null ? null : ticket.etag());
        HistoryJson.writeChanges(json, news.changes());
        json.endObject();
    }
}
