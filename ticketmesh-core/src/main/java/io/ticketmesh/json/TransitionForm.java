package io.ticketmesh.json;

import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.Workflow;
import io.ticketmesh.ticket.change.AddComment;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.SetStatus;
import java.time.Instant;
import java.util.List;

/**
 * Reads the body that moves a ticket through its workflow: {@code {to, resolution?, pendingUntil?, comment?}}. The comment is a text,
 * which everybody sees, or an object {@code {body, kind?}}.
 */
public final class TransitionForm {
    private TransitionForm() {}

    /**
     * The comment, if there is one, and the transition; together one atomic change. The comment comes first, so that a reporter's
     * comment does not reopen what the transition resolves.
     *
     * @param comment the id of the comment
     * @throws InvalidJsonException with all violations
     */
    public static List<Change> changes(JsonValue body, Workflow workflow, CommentId comment) {
        ChangeList changes = new ChangeList(new Violations());
        ObjectForm form = ObjectForm.of(body, changes.violations());
        Field<Status> to = form.oneOf("to", workflow.states(), Status::name).required();
        Field<String> resolution = form.oneOf("resolution", workflow.resolutions());
        Field<Instant> pendingUntil = form.instant("pendingUntil");
        readComment(form, comment, changes);
        form.rejectUnknown();
        to.ifValue(status -> changes.add(
                to.pointer(), () -> new SetStatus(status, resolution.valueOrNull(), pendingUntil.valueOrNull())));
        return changes.complete();
    }

    private static void readComment(ObjectForm form, CommentId id, ChangeList changes) {
        Field<JsonValue> comment = form.any("comment");
        comment.ifValue(value -> {
            if (value instanceof JsonString text) {
                changes.add(comment.pointer(), () -> new AddComment(id, CommentKind.PUBLIC, text.text()));
            } else {
                CommentForm.read(ObjectForm.of(value, changes.violations()), id, changes);
            }
        });
    }
}
