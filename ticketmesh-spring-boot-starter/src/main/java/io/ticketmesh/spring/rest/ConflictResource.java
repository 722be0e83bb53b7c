package io.ticketmesh.spring.rest;

import io.ticketmesh.json.ConflictJson;
import io.ticketmesh.json.JsonValue;
import io.ticketmesh.json.SettlementForm;
import io.ticketmesh.replica.Proposal;
import io.ticketmesh.spring.rest.Writes.Done;
import io.ticketmesh.ticket.TicketView;
import io.ticketmesh.ticket.change.Change;
import java.util.List;

/** The fields of a ticket into which several people wrote without knowing of each other. */
final class ConflictResource {
    private final Desk desk;

    ConflictResource(Desk desk) {
        this.desk = desk;
    }

    Reply all(Call call) {
        TicketView ticket = desk.shown(call);
        call.parameters().requireAllKnown();
        if (call.holds(ticket.etag())) {
            return Reply.empty(304).tagged(ticket.etag());
        }
        return Reply.json(200, json -> {
                    json.startObject().startArray("items");
                    ticket.conflicts().forEach(conflict -> ConflictJson.write(json, conflict));
                    json.endArray().endObject();
                })
                .tagged(ticket.etag());
    }

    /** Writes the value that shall stand. A field without conflict is an error, unless the request is a repetition. */
    Reply settle(Call call) {
        call.parameters().requireAllKnown();
        String field = call.variable("field");
        TicketView ticket = desk.service().get(call.ticket());
        JsonValue body = call.json("application/json");
        List<Change> changes = new SettlementForm(desk.service().workflow()).changes(body, field);
        IdempotencyKey key = IdempotencyKey.of(call, "POST /tickets/" + ticket.id() + "/conflicts/" + field);
        boolean repeated = key != null && desk.service().receipt(key.request()).isPresent();
        if (!repeated
                && ticket.conflicts().stream()
                        .noneMatch(conflict -> conflict.field().equals(field))) {
            throw Problem.of(ProblemKind.NO_CONFLICT, "There is no conflict in this field; change it with PATCH")
                    .exception();
        }
        Proposal proposal = Proposal.of(ticket.id(), call.actor(), changes)
                .expecting(call.expected())
                .settling();
        Done done = desk.writes().perform(call.permitted(proposal), key, call.acknowledgement());
        return done.mark(Reply.json(200, json -> desk.ticketForm(call).write(json, done.ticket()))
                .tagged(done.ticket().etag()));
    }
}
