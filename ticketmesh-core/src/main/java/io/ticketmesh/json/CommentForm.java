package io.ticketmesh.json;

import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.change.AddComment;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.EditComment;
import java.util.List;

/** Reads the bodies that write and edit comments. */
public final class CommentForm {
    private static final List<CommentKind> KINDS = List.of(CommentKind.PUBLIC, CommentKind.INTERNAL);

    private CommentForm() {}

    /**
     * {@code {body, kind?}}: the kind is public or internal, public by default.
     *
     * @param id of the new comment
     * @throws InvalidJsonException with all violations
     */
    public static List<Change> addition(JsonValue body, CommentId id) {
        ChangeList changes = new ChangeList(new Violations());
        read(ObjectForm.of(body, changes.violations()), id, changes);
        return changes.complete();
    }

    /**
     * {@code {body}}: the new text.
     *
     * @throws InvalidJsonException with all violations
     */
    public static List<Change> edit(JsonValue body, CommentId id) {
        ChangeList changes = new ChangeList(new Violations());
        ObjectForm form = ObjectForm.of(body, changes.violations());
        Field<String> text = form.string("body").required();
        text.ifValue(value -> changes.add(text.pointer(), () -> new EditComment(id, value)));
        form.rejectUnknown();
        return changes.complete();
    }

    static void read(ObjectForm form, CommentId id, ChangeList changes) {
        Field<String> text = form.string("body").required();
        CommentKind kind = form.oneOf("kind", KINDS, CommentKind::label).valueOr(CommentKind.PUBLIC);
        form.rejectUnknown();
        text.ifValue(value -> changes.add(text.pointer(), () -> new AddComment(id, kind, value)));
    }
}
