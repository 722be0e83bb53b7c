package io.ticketmesh.client;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.json.AnswerForm;
import io.ticketmesh.json.JsonValue;
import io.ticketmesh.ticket.CommentId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one operation changed in a ticket, who did it, when, and on which node.
 *
 * @param id of the operation
 */
public record RemoteHistoryEntry(String id, String actor, Instant at, NodeId node, List<Change> changes) {
    /**
     * One field before and after; JSON's null where there was nothing, or where a redaction took the text away.
     *
     * @param field the field's name in JSON; {@code customFields.} and the key for a custom field; "comments" for a comment
     * @param comment the comment that changed; null for other fields
     */
    public record Change(
            String field,
            JsonValue before,
            JsonValue after,
            @Nullable CommentId comment) {
        static Change read(AnswerForm form) {
            return new Change(
                    form.text("field"),
                    form.value("old"),
                    form.value("new"),
                    form.convertedOrNull("comment", CommentId::parse));
        }
    }

    public RemoteHistoryEntry {
        changes = List.copyOf(changes);
    }

    static RemoteHistoryEntry read(AnswerForm form) {
        return new RemoteHistoryEntry(
                form.text("id"),
                form.text("actor"),
                form.instant("at"),
                form.converted("node", NodeId::parse),
                form.each("changes", Change::read));
    }
}
