package io.ticketmesh.client;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.json.AnswerForm;
import io.ticketmesh.json.JsonNull;
import io.ticketmesh.json.JsonValue;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.TicketKey;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a ticket.
 *
 * @param id what to go on from, on any server, when this and all before it are done with
 * @param eventId who this is, the same on every server: an event may come twice
 * @param type {@code ticket.created}, {@code ticket.updated}, {@code ticket.commented}, {@code ticket.deleted}, {@code ticket.restored},
 *     {@code ticket.merged}, {@code ticket.purged}, {@code ticket.overdue}, {@code ticket.sla_breached}, {@code ticket.snooze_ended} or
 *     {@code ticket.auto_closed}; there may be others one day
 * @param actor who did it
 * @param origin the node on which it was done
 * @param at when it was done
 * @param etag of the ticket after it; null when it was purged
 * @param changes what is different from before; empty when what was written had lost already
 */
public record RemoteEvent(
        String id,
        String eventId,
        String type,
        TicketId ticketId,
        TicketKey key,
        String actor,
        NodeId origin,
        Instant at,
        @Nullable String etag,
        List<RemoteHistoryEntry.Change> changes) {
    public RemoteEvent {
        changes = List.copyOf(changes);
    }

    static RemoteEvent read(String id, JsonValue json) {
        AnswerForm form = AnswerForm.of(json);
        TicketId ticket = form.converted("ticketId", TicketId::parse);
        return new RemoteEvent(
                id,
                form.text("eventId"),
                form.text("type"),
                ticket,
                ticket.key(),
                form.text("actor"),
                form.converted("origin", NodeId::parse),
                form.instant("at"),
                form.textOrNull("etag"),
                form.value("changes") instanceof JsonNull
                        ? List.of()
                        : form.each("changes", RemoteHistoryEntry.Change::read));
    }

    /** Like {@code ticket.created TM-...}. */
    @Override
    public String toString() {
        return type + " " + key + " by " + actor;
    }
}
