package io.ticketmesh.ticket;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where words that were looked for stand in a ticket: an excerpt of one of its texts, in which they are marked. Plain text as people
 * wrote it; whoever shows it in a page escapes it.
 *
 * @param comment which comment; null in other fields
 * @param text the title or name, or at most {@link #MAX_CHARS} characters of another text; white space is one space each, and {@code …} stands
 *     where it was cut
 * @param ranges in order, at least one; they do not overlap
 */
public record Highlight(Field field, @Nullable CommentId comment, String text, List<Range> ranges) {
    /** The longest excerpt, in characters (UTF-16 units). Titles are shown whole. */
    public static final int MAX_CHARS = 160;

    /** The text in which the words stand. */
    public enum Field {
        TITLE,
        DESCRIPTION,
        COMMENT,
        /** The name of an attachment. */
        ATTACHMENT;

        /** Like {@code title}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A part of the excerpt, in UTF-16 units.
     *
     * @param end exclusive
     */
    public record Range(int start, int end) {}

    public Highlight {
        ranges = List.copyOf(ranges);
    }

    /**
     * Where the words that a filter looks for stand: in the title, in the description, in the comment in which most of them stand
     * close together, and in the name of the attachment that has most of them, the first of equals. Words that must not stand there are not marked.
     *
     * @param comments those that the reader may see
     */
    public static List<Highlight> of(Ticket ticket, TicketFilter filter, List<CommentView> comments) {
        List<TextClause> clauses = filter.wantedText();
        List<Highlight> found = new ArrayList<>();
        Excerpt title = Excerpt.of(ticket.title().or(""), in(TextClause.Scope.TITLE, clauses), Integer.MAX_VALUE);
        if (title != null) {
            found.add(title.as(Field.TITLE, null));
        }
        Excerpt description =
                Excerpt.of(ticket.description().or(""), in(TextClause.Scope.DESCRIPTION, clauses), MAX_CHARS);
        if (description != null) {
            found.add(description.as(Field.DESCRIPTION, null));
        }
        Highlight comment = bestComment(comments, in(TextClause.Scope.COMMENT, clauses));
        if (comment != null) {
            found.add(comment);
        }
        Excerpt name = bestName(ticket.attachmentNames(), in(TextClause.Scope.ATTACHMENT, clauses));
        if (name != null) {
            found.add(name.as(Field.ATTACHMENT, null));
        }
        return found;
    }

    private static List<TextClause> in(TextClause.Scope place, List<TextClause> clauses) {
        return clauses.stream().filter(clause -> clause.looksIn(place)).toList();
    }

    private static @Nullable Highlight bestComment(List<CommentView> comments, List<TextClause> clauses) {
        Excerpt best = null;
        CommentId place = null;
        for (CommentView comment : comments) {
            Excerpt excerpt = Excerpt.of(comment.body(), clauses, MAX_CHARS);
            if (excerpt != null && (best == null || excerpt.clauses() > best.clauses())) {
                best = excerpt;
                place = comment.id();
            }
        }
        return best == null ? null : best.as(Field.COMMENT, place);
    }

    private static @Nullable Excerpt bestName(List<String> names, List<TextClause> clauses) {
        Excerpt best = null;
        for (String name : names) {
            Excerpt excerpt = Excerpt.of(name, clauses, Integer.MAX_VALUE);
            if (excerpt != null && (best == null || excerpt.clauses() > best.clauses())) {
                best = excerpt;
            }
        }
        return best;
    }
}
