package io.ticketmesh.spring.rest;

import io.ticketmesh.definition.CannedReply;
import io.ticketmesh.definition.Definition;
import io.ticketmesh.definition.Expectation;
import io.ticketmesh.definition.Replies;
import io.ticketmesh.definition.ReplyForm;
import io.ticketmesh.json.CommentJson;
import io.ticketmesh.json.Field;
import io.ticketmesh.json.ObjectForm;
import io.ticketmesh.json.Violations;
import io.ticketmesh.replica.Proposal;
import io.ticketmesh.spring.access.TicketAction;
import io.ticketmesh.spring.rest.Writes.Done;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.CommentView;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.TicketView;
import io.ticketmesh.ticket.change.Change;
import java.util.List;

/** Canned replies, for those who work on tickets: how they are set up, what they say on a ticket, and saying it. */
final class ReplyResource {
    private static final List<CommentKind> KINDS = List.of(CommentKind.PUBLIC, CommentKind.INTERNAL);

    private final Desk desk;
    private final DefinitionExchange<CannedReply> exchange = new DefinitionExchange<>(ReplyForm.INSTANCE);

    ReplyResource(Desk desk) {
        this.desk = desk;
    }

    private Replies replies(Call call) {
        return desk.node().replies(call.actor());
    }

    Reply all(Call call) {
        call.parameters().requireAllKnown();
        call.rights().require(TicketAction.UPDATE);
        return DefinitionExchange.list(replies(call).all(), (json, reply) -> exchange.write(json, reply, more -> {}));
    }

    Reply read(Call call) {
        call.parameters().requireAllKnown();
        call.rights().require(TicketAction.UPDATE);
        return exchange.shown(call, replies(call).find(call.variable("name")).orElse(null), more -> {});
    }

    Reply put(Call call) {
        call.parameters().requireAllKnown();
        Acks.requireLocal(call);
        call.rights().require(TicketAction.ARRANGE);
        CannedReply reply = exchange.body(
                call, more -> {}, wanted -> wanted.check(desk.service().workflow()));
        Expectation expectation = DefinitionExchange.expectation(call);
        String name = call.variable("name");
        boolean isNew = replies(call).find(name).isEmpty();
        Definition<CannedReply> written = desk.writes().settled(replies(call).put(name, reply, expectation));
        return exchange.one(isNew ? 201 : 200, written, more -> {});
    }

    Reply delete(Call call) {
        call.parameters().requireAllKnown();
        Acks.requireLocal(call);
        call.rights().require(TicketAction.ARRANGE);
        Expectation expectation = DefinitionExchange.expectation(call);
        desk.writes().settled(replies(call).remove(call.variable("name"), expectation));
        return Reply.empty(204);
    }

    /** What the reply says on a ticket, and what would be done along with it. */
    Reply rendered(Call call) {
        TicketView ticket = desk.shown(call);
        call.parameters().requireAllKnown();
        CannedReply reply = chosen(call);
        Status status = reply.status();
        return Reply.json(
                200,
                json -> json.startObject()
                        .member("body", reply.render(ticket, call.actor()))
                        .member("status", status == null ? null : status.name())
                        .member("resolution", reply.resolution())
                        .member("tags", reply.tags())
                        .endObject());
    }

    /** Writes the comment, with what is done along with it, all at once. */
    Reply send(Call call) {
        call.parameters().requireAllKnown();
        TicketId id = call.ticket();
        CannedReply reply = chosen(call);
        Violations violations = new Violations();
        ObjectForm form = ObjectForm.of(call.optionalJson(), violations);
        Field<String> text = form.string("body");
        CommentKind kind = form.oneOf("kind", KINDS, CommentKind::label).valueOr(CommentKind.PUBLIC);
        form.rejectUnknown();
        violations.throwIfAny();
        IdempotencyKey key = IdempotencyKey.of(call, "POST /tickets/" + id + "/replies/" + call.variable("name"));
        CommentId comment = key == null ? desk.service().newCommentId() : key.commentId();
        String body =
                text.hasValue() ? text.value() : reply.render(desk.service().get(id), call.actor());
        List<Change> changes = reply.changes(comment, kind, body);
        Proposal proposal = Proposal.of(id, call.actor(), changes).expecting(call.expected());
        Done done = desk.writes().perform(call.permitted(proposal), key, call.acknowledgement());
        CommentView added = desk.service().comment(id, comment, true);
        return done.mark(Reply.json(201, json -> CommentJson.write(json, added))
                .tagged(done.ticket().etag())
                .with("Location", call.address(id) + "/comments/" + comment));
    }

    private CannedReply chosen(Call call) {
        call.rights().require(TicketAction.UPDATE);
        return replies(call)
                .find(call.variable("name"))
                .orElseThrow(DefinitionExchange::absent)
                .value();
    }
}
