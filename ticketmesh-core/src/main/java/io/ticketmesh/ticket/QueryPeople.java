package io.ticketmesh.ticket;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The people that a text of the query language names, as assignee, reporter or watcher. */
public final class QueryPeople {
    private static final Set<String> QUALIFIERS = Set.of("assignee", "reporter", "watcher");

    private QueryPeople() {}

    /** Whether a value that is not quoted is what people are called, not a word of the language. */
    public static boolean isName(String value) {
        return !value.equals(Criteria.ME) && !value.equals(Criteria.NONE);
    }

    /**
     * The text with people called otherwise; their names in words and phrases stay. What cannot be understood is left as it is.
     *
     * @param names what each of them is called then
     */
    public static String rename(String text, UnaryOperator<String> names) {
        StringBuilder renamed = new StringBuilder(text);
        for (QueryTerm.Value value : fromTheLast(text)) {
            String name = value.quoted() || isName(value.text()) ? names.apply(value.text()) : value.text();
            if (!name.equals(value.text())) {
                String quoted = name.replace("\\", "\\\\").replace("\"", "\\\"");
                renamed.replace(value.position(), value.end(), '"' + quoted + '"');
            }
        }
        return renamed.toString();
    }

    private static List<QueryTerm.Value> fromTheLast(String text) {
        try {
            List<QueryTerm.Value> values = new QueryScanner(text, QueryLanguage.QUALIFIERS)
                    .terms(QueryLanguage.MAX_TERMS).stream()
                            .filter(term -> term.qualifier() != null && QUALIFIERS.contains(term.qualifier()))
                            .flatMap(term -> term.values().stream())
                            .collect(Collectors.toList());
            Collections.reverse(values);
            return values;
        } catch (InvalidQueryException foreign) {
            return List.of();
        }
    }
}
