package io.ticketmesh.spring.rest;

import io.ticketmesh.causality.HybridTimestamp;
import io.ticketmesh.crdt.Trace;
import io.ticketmesh.json.HistoryJson;
import io.ticketmesh.oplog.HistoryEntry;
import io.ticketmesh.ticket.TicketView;
import java.util.function.Predicate;

/** What was changed in a ticket, from the beginning. */
final class HistoryResource {
    private final Desk desk;

    HistoryResource(Desk desk) {
        this.desk = desk;
    }

    Reply page(Call call) {
        TicketView ticket = desk.shown(call);
        TimeList<HistoryEntry> page = TimeList.page(
                call.parameters(),
                HistoryResource::behind,
                HistoryResource::place,
                desk.service().history(ticket.id(), call.seesInternal()));
        return call.holds(ticket.etag())
                ? Reply.empty(304).tagged(ticket.etag())
                : page.reply(call, HistoryJson::write).tagged(ticket.etag());
    }

    private static PlaceInTime place(HistoryEntry entry) {
        Trace trace = entry.trace();
        return new PlaceInTime(trace.time().packed(), name(trace));
    }

    /** Two operations of one time are told apart by their ids, of which one node never gives two the same time. */
    private static Predicate<HistoryEntry> behind(PlaceInTime place) {
        HybridTimestamp time = new HybridTimestamp(place.time());
        return entry -> {
            int byTime = entry.trace().time().compareTo(time);
            return byTime > 0 || byTime == 0 && name(entry.trace()).compareTo(place.name()) > 0;
        };
    }

    /** Sorts like the operation's origin: node and incarnation as hexadecimal numbers of fixed length. */
    private static String name(Trace trace) {
        return trace.operation().origin().node()
                + String.format(".%016x", trace.operation().origin().incarnation());
    }
}
