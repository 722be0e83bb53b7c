package io.ticketmesh.client;

import io.ticketmesh.json.AnswerForm;
import io.ticketmesh.ticket.TicketId;

/**
 * Where a report of an incident is counted.
 *
 * @param ticket its {@link RemoteTicket#occurrences} are how often it was reported; it is written in a moment
 */
public record RemoteIncident(String dedupKey, TicketId ticket) {
    static RemoteIncident read(AnswerForm form) {
        return new RemoteIncident(form.text("dedupKey"), form.converted("id", TicketId::parse));
    }
}
