package io.ticketmesh.json;

import io.ticketmesh.crdt.Trace;
import io.ticketmesh.feed.TicketNews;
import io.ticketmesh.node.TicketService;
import io.ticketmesh.oplog.FieldChange;
import io.ticketmesh.ticket.Ticket;
import java.time.Instant;
import java.util.List;

/** News of a ticket in JSON. */
public final class NewsJson {
    private NewsJson() {}

    /** Writes the news as an object; the entity tag of a ticket that is purged is null. */
    public static void write(JsonWriter json, TicketNews news) {
        write(json, news, news.trace().actor(), news.changes());
    }

    /** The same with people as they are shown. */
    public static void write(JsonWriter json, TicketNews news, TicketService names) {
        write(json, news, names.names().apply(news.trace().actor()), names.shown(news.changes()));
    }

    private static void write(JsonWriter json, TicketNews news, String actor, List<FieldChange> changes) {
        Trace trace = news.trace();
        Ticket ticket = news.ticket();
        json.startObject()
                .member("eventId", news.eventId())
                .member("ticketId", news.ticketId().toString())
                .member("key", news.ticketId().key().toString())
                .member("type", news.type().label())
                .member("actor", actor)
                .member("origin", trace.operation().origin().node().toString())
                .member("at", Instant.ofEpochMilli(trace.atMillis()))
                .member("etag", ticket == null ? null : ticket.etag());
        HistoryJson.writeChanges(json, changes);
        json.endObject();
    }
}
