package io.ticketmesh.client;

import io.ticketmesh.json.AnswerForm;
import io.ticketmesh.ticket.CommentId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where words that were looked for stand in a ticket: an excerpt of one of its texts, in which they are marked. Plain text as people wrote
 * it; whoever shows it in a page escapes it.
 *
 * @param field {@code title}, {@code description}, {@code comment}, or {@code attachment} for the name of one; newer servers may know others
 * @param comment which comment; null in other fields
 * @param ranges what to mark, in order; they do not overlap
 */
public record RemoteHighlight(String field, @Nullable CommentId comment, String text, List<Range> ranges) {
    /**
     * A part of the excerpt, in UTF-16 units.
     *
     * @param end exclusive
     */
    public record Range(int start, int end) {
        static Range read(AnswerForm form) {
            return new Range((int) form.number("start"), (int) form.number("end"));
        }
    }

    public RemoteHighlight {
        ranges = List.copyOf(ranges);
    }

    static RemoteHighlight read(AnswerForm form) {
        return new RemoteHighlight(
                form.text("field"),
                form.convertedOrNull("comment", CommentId::parse),
                form.text("text"),
                form.each("ranges", Range::read));
    }
}
