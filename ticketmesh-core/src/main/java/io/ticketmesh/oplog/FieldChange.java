package io.ticketmesh.oplog;

import io.ticketmesh.ticket.CommentId;
import org.jspecify.annotations.Nullable;

/**
 * One field before and after an operation. Values are texts, numbers, booleans, instants, dates, {@code FieldValue}s, or lists of
 * texts; null where there was nothing, or where a redaction took the text away.
 *
 * @param field the field's name in JSON; {@code customFields.} and the key for a custom field; "comments" for a comment; {@code timers.} and
 *     the name for the due time for which a timer last fired
 * @param comment the comment that changed; null for other fields
 */
public record FieldChange(
        String field,
        @Nullable Object before,
        @Nullable Object after,
        @Nullable CommentId comment) {}
