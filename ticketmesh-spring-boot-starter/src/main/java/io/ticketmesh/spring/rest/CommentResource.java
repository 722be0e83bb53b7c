package io.ticketmesh.spring.rest;

import io.ticketmesh.json.CommentForm;
import io.ticketmesh.json.CommentJson;
import io.ticketmesh.json.JsonValue;
import io.ticketmesh.oplog.AsOf;
import io.ticketmesh.replica.Proposal;
import io.ticketmesh.spring.rest.Writes.Done;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.CommentView;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.TicketView;
import io.ticketmesh.ticket.UnknownTicketException;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.RedactComment;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The comments of a ticket. Their entity tag is the ticket's, which every comment changes. */
final class CommentResource {
    private final Desk desk;

    CommentResource(Desk desk) {
        this.desk = desk;
    }

    Reply page(Call call) {
        TicketView ticket = desk.shown(call);
        AsOf point = desk.point(call);
        List<CommentView> comments = point == null
                ? desk.service().comments(ticket.id(), call.seesInternal())
                : past(call, ticket.id(), point);
        TimeList<CommentView> page =
                TimeList.page(call.parameters(), CommentResource::behind, CommentResource::place, comments);
        return call.holds(ticket.etag())
                ? Reply.empty(304).tagged(ticket.etag())
                : page.reply(call, CommentJson::write).tagged(ticket.etag());
    }

    private List<CommentView> past(Call call, TicketId ticket, AsOf point) {
        return desk.service().comments(desk.shown(call, ticket, point).id(), point, call.seesInternal());
    }

    private static PlaceInTime place(CommentView comment) {
        return new PlaceInTime(comment.head().atMillis(), comment.id().toString());
    }

    /** In the order in which comments are listed: by time, then by id. */
    private static Predicate<CommentView> behind(PlaceInTime place) {
        CommentId id = commentId(place.name());
        return comment -> comment.head().atMillis() > place.time()
                || comment.head().atMillis() == place.time() && comment.id().compareTo(id) > 0;
    }

    private static CommentId commentId(String text) {
        try {
            return CommentId.parse(text);
        } catch (IllegalArgumentException notAnId) {
            throw new UnknownTicketException("comment '" + text + "'");
        }
    }

    Reply read(Call call) {
        TicketView ticket = desk.shown(call);
        call.parameters().requireAllKnown();
        CommentView comment =
                desk.service().comment(ticket.id(), commentId(call.variable("comment")), call.seesInternal());
        return call.holds(ticket.etag()) ? Reply.empty(304).tagged(ticket.etag()) : shown(200, comment, ticket);
    }

    Reply add(Call call) {
        call.parameters().requireAllKnown();
        TicketId id = call.ticket();
        JsonValue body = call.json("application/json");
        IdempotencyKey key = IdempotencyKey.of(call, "POST /tickets/" + id + "/comments");
        CommentId comment = key == null ? desk.service().newCommentId() : key.commentId();
        List<Change> changes = CommentForm.addition(body, comment);
        Proposal proposal = Proposal.of(id, call.actor(), changes).expecting(call.expected());
        Done done = desk.writes().perform(call.permitted(proposal), key, call.acknowledgement());
        CommentView added = desk.service().comment(id, comment, true);
        return done.mark(shown(201, added, done.ticket()).with("Location", call.address(id) + "/comments/" + comment));
    }

    Reply edit(Call call) {
        call.parameters().requireAllKnown();
        TicketId id = call.ticket();
        CommentId comment = visible(call, id);
        JsonValue body = call.json("application/merge-patch+json", "application/json");
        IdempotencyKey key = IdempotencyKey.of(call, "PATCH /tickets/" + id + "/comments/" + comment);
        Done done = perform(call, id, CommentForm.edit(body, comment), key);
        return done.mark(shown(200, desk.service().comment(id, comment, true), done.ticket()));
    }

    /** Takes the text away for good; the comment stays as a place in the conversation. */
    Reply redact(Call call) {
        call.parameters().requireAllKnown();
        TicketId id = call.ticket();
        Done done = perform(call, id, List.of(new RedactComment(visible(call, id))), null);
        return done.mark(Reply.empty(204).tagged(done.ticket().etag()));
    }

    private CommentId visible(Call call, TicketId ticket) {
        CommentId id = commentId(call.variable("comment"));
        return desk.service().comment(ticket, id, call.seesInternal()).id();
    }

    private Done perform(Call call, TicketId ticket, List<Change> changes, @Nullable IdempotencyKey key) {
        Proposal proposal = Proposal.of(ticket, call.actor(), changes).expecting(call.demanded());
        return desk.writes().perform(call.permitted(proposal), key, call.acknowledgement());
    }

    private static Reply shown(int status, CommentView comment, TicketView ticket) {
        return Reply.json(status, json -> CommentJson.write(json, comment)).tagged(ticket.etag());
    }
}
