package io.ticketmesh.definition;

import io.ticketmesh.ticket.InvalidQueryException;
import io.ticketmesh.ticket.TicketView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A text in Markdown with places for what differs from ticket to ticket, each a name in double braces: {@code Dear {{reporter}}}.
 * Immutable.
 */
final class ReplyTemplate {
    private static final String OPENING = "{{";
    private static final String CLOSING = "}}";

    /** What would make of a value more than its letters: emphasis, code, links, tags, tables, mentions. */
    private static final String MARKDOWN = "\\`*_[]<>#|~&@";

    private static final Map<String, BiFunction<TicketView, String, @Nullable String>> VALUES = new LinkedHashMap<>();

    static {
        VALUES.put("ticket.key", (ticket, actor) -> ticket.key().toString());
        VALUES.put("ticket.title", (ticket, actor) -> ticket.title());
        VALUES.put("ticket.type", (ticket, actor) -> ticket.type());
        VALUES.put("ticket.status", (ticket, actor) -> ticket.status().name());
        VALUES.put("ticket.priority", (ticket, actor) -> ticket.priority().name());
        VALUES.put("ticket.queue", (ticket, actor) -> ticket.queue());
        VALUES.put("reporter", (ticket, actor) -> ticket.reporter());
        VALUES.put("assignee", (ticket, actor) -> ticket.assignee());
        VALUES.put("actor", (ticket, actor) -> actor);
    }

    /** The names that can stand in braces. */
    static final List<String> NAMES = List.copyOf(VALUES.keySet());

    private final List<BiFunction<TicketView, String, String>> parts;

    private ReplyTemplate(List<BiFunction<TicketView, String, String>> parts) {
        this.parts = List.copyOf(parts);
    }

    /**
     * @throws InvalidQueryException with the field {@code body} and the position of braces that do not close, or hold no name that there
     *     is
     */
    static ReplyTemplate parse(String body) {
        List<BiFunction<TicketView, String, String>> parts = new ArrayList<>();
        int at = 0;
        for (int opening = body.indexOf(OPENING); opening >= 0; opening = body.indexOf(OPENING, at)) {
            int closing = body.indexOf(CLOSING, opening + OPENING.length());
            if (closing < 0) {
                throw refusal(
                        "unclosed-placeholder",
                        "opens '{{' at position " + opening + " and does not close it",
                        opening);
            }
            String name = body.substring(opening + OPENING.length(), closing).strip();
            BiFunction<TicketView, String, @Nullable String> value = VALUES.get(name);
            if (value == null) {
                throw refusal(
                        "unknown-placeholder",
                        "has '{{" + shortened(name) + "}}' at position " + opening + ", which is none of "
                                + String.join(", ", NAMES),
                        opening);
            }
            parts.add(literal(body.substring(at, opening)));
            parts.add((ticket, actor) -> escaped(value.apply(ticket, actor)));
            at = closing + CLOSING.length();
        }
        parts.add(literal(body.substring(at)));
        return new ReplyTemplate(parts);
    }

    private static BiFunction<TicketView, String, String> literal(String text) {
        return (ticket, actor) -> text;
    }

    private static InvalidQueryException refusal(String code, String problem, int position) {
        return new InvalidQueryException("body", code, problem, position, NAMES);
    }

    private static String shortened(String name) {
        return name.length() > 40 ? name.substring(0, 40) + "…" : name;
    }

    /** The text for a ticket. Values are escaped, so that a title is never more than its words; what is not there is empty. */
    String render(TicketView ticket, String actor) {
        StringBuilder text = new StringBuilder();
        parts.forEach(part -> text.append(part.apply(ticket, actor)));
        return text.toString();
    }

    private static String escaped(@Nullable String value) {
        if (value == null) {
            return "";
        }
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            if (MARKDOWN.indexOf(value.charAt(i)) >= 0) {
                escaped.append('\\');
            }
            escaped.append(value.charAt(i));
        }
        return escaped.toString();
    }
}
