package io.ticketmesh.spring.rest;

import io.ticketmesh.incident.Incidents;
import io.ticketmesh.json.IncidentForm;
import io.ticketmesh.node.ReadOnlyException;
import io.ticketmesh.spring.access.TicketAction;
import io.ticketmesh.ticket.TicketId;

/** Incidents that programs report which are not this application. */
final class IncidentResource {
    private final Desk desk;

    IncidentResource(Desk desk) {
        this.desk = desk;
    }

    /** Counts a report; it is written in a moment, with others of its key. */
    Reply report(Call call) {
        call.parameters().requireAllKnown();
        call.rights().require(TicketAction.REPORT_INCIDENT);
        IncidentForm form = IncidentForm.of(call.json("application/json"));
        ReadOnlyException refusal = desk.node().refusal();
        if (refusal != null) {
            throw refusal;
        }
        Incidents incidents = desk.node().incidents();
        TicketId ticket = incidents.ticketOf(form.dedupKey());
        incidents.report(form.dedupKey(), incident -> form.details().accept(incident.actor(call.actor())));
        return Reply.json(
                        202,
                        json -> json.startObject()
                                .member("dedupKey", form.dedupKey())
                                .member("id", ticket.toString())
                                .member("key", ticket.key().toString())
                                .endObject())
                .with("Location", call.address(ticket));
    }
}
