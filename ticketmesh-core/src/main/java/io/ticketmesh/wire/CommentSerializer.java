package io.ticketmesh.wire;

import com.esotericsoftware.kryo.Kryo;
import io.ticketmesh.crdt.LatestRegister;
import io.ticketmesh.crdt.Trace;
import io.ticketmesh.crdt.Written;
import io.ticketmesh.ticket.Comment;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.TicketId;

/** The form of a comment's text. */
final class CommentSerializer extends RecordSerializer<Comment> {
    private static final int TICKET = 1;
    private static final int ID = 2;
    private static final int BODY = 3;
    private static final int REDACTION = 4;

    CommentSerializer() {
        super(WireIds.COMMENT);
    }

    @Override
    int lastTag() {
        return REDACTION;
    }

    @Override
    void writeFields(Kryo kryo, WireOutput output, Comment comment) {
        output.open(TICKET);
        output.ticketId(comment.ticket());
        output.closeFrame();
        output.open(ID);
        output.commentId(comment.id());
        output.closeFrame();
        Written<String> body = comment.body().written();
        if (body != null) {
            output.open(BODY);
            output.trace(body.trace());
            output.characters(body.value());
            output.closeFrame();
        }
        Trace redaction = comment.redaction();
        if (redaction != null) {
            output.open(REDACTION);
            output.trace(redaction);
            output.closeFrame();
        }
    }

    @Override
    Comment readFields(Kryo kryo, WireInput input) {
        input.openRequired(TICKET, "ticket");
        TicketId ticket = input.ticketId();
        input.closeFrame();
        input.openRequired(ID, "id");
        CommentId id = input.commentId();
        input.closeFrame();
        LatestRegister<String> body = LatestRegister.empty();
        if (input.open(BODY)) {
            Trace trace = input.trace();
            body = new LatestRegister<>(new Written<>(input.characters(), trace));
            input.closeFrame();
        }
        Trace redaction = null;
        if (input.open(REDACTION)) {
            redaction = input.trace();
            input.closeFrame();
        }
        return new Comment(ticket, id, body, redaction);
    }
}
