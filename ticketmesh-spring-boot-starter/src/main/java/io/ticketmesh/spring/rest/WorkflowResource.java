package io.ticketmesh.spring.rest;

import io.ticketmesh.json.JsonValue;
import io.ticketmesh.json.TransitionForm;
import io.ticketmesh.replica.Proposal;
import io.ticketmesh.spring.access.TicketAction;
import io.ticketmesh.spring.rest.Writes.Done;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.StatusCategory;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.TicketView;
import io.ticketmesh.ticket.Workflow;
import io.ticketmesh.ticket.change.Change;
import java.util.ArrayList;
import java.util.List;

/** Where a ticket can go from its state, and the going. */
final class WorkflowResource {
    private final Desk desk;

    WorkflowResource(Desk desk) {
        this.desk = desk;
    }

    Reply transitions(Call call) {
        TicketView ticket = desk.shown(call);
        call.parameters().requireAllKnown();
        if (call.holds(ticket.etag())) {
            return Reply.empty(304).tagged(ticket.etag());
        }
        Workflow workflow = desk.service().workflow();
        boolean mayGo = call.rights().permits(TicketAction.TRANSITION, ticket);
        return Reply.json(200, json -> {
                    json.startObject()
                            .member("status", ticket.status().name())
                            .member("statusCategory", ticket.category().label())
                            .startArray("transitions");
                    for (Status to : mayGo ? workflow.allowedFrom(ticket.status()) : List.<Status>of()) {
                        StatusCategory category = workflow.category(to);
                        json.startObject().member("to", to.name()).member("category", category.label());
                        if (category == StatusCategory.DONE) {
                            json.member("resolutions", workflow.resolutions());
                        }
                        json.endObject();
                    }
                    json.endArray().endObject();
                })
                .tagged(ticket.etag());
    }

    Reply transition(Call call) {
        call.parameters().requireAllKnown();
        TicketId id = call.ticket();
        JsonValue body = call.json("application/json");
        IdempotencyKey key = IdempotencyKey.of(call, "POST /tickets/" + id + "/transitions");
        CommentId comment = key == null ? desk.service().newCommentId() : key.commentId();
        List<Change> changes = changes(body, desk.service().workflow(), comment);
        Proposal proposal = Proposal.of(id, call.actor(), changes).expecting(call.expected());
        Done done = desk.writes().perform(call.permitted(proposal), key, call.acknowledgement());
        return done.mark(Reply.json(200, json -> desk.ticketForm(call).write(json, done.ticket()))
                .tagged(done.ticket().etag()));
    }

    /**
     * The transition, its comment, and the transition once more: the first is judged from the state in which the ticket is, the last
     * counts when the comment reopened it.
     */
    static List<Change> changes(JsonValue body, Workflow workflow, CommentId comment) {
        List<Change> changes = new ArrayList<>(TransitionForm.changes(body, workflow, comment));
        if (changes.size() > 1) {
            changes.add(0, changes.get(changes.size() - 1));
        }
        return changes;
    }
}
