package io.ticketmesh.definition;

import io.ticketmesh.json.TicketJson;
import io.ticketmesh.ticket.Criteria;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.InvalidQueryException;
import io.ticketmesh.ticket.SortKey;
import io.ticketmesh.ticket.Texts;
import io.ticketmesh.ticket.TicketFilter;
import io.ticketmesh.ticket.TicketQuery;
import io.ticketmesh.ticket.TimeRules;
import io.ticketmesh.ticket.Workflow;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A list of tickets that somebody wants to see again. Immutable.
 *
 * @param title what people read; at most {@link #MAX_TITLE_CHARS} characters
 * @param query which tickets, in the parameters of lists as they stand in an address: {@code status=open,pending&assignee=%40me}; at
 *     most {@link #MAX_QUERY_CHARS} characters; empty for all that are not deleted
 * @param sort in which order, like {@code -priority,updatedAt}; empty for newest first
 * @param columns which members of tickets whoever shows the list is to show; empty for all
 */
public record SavedView(String title, String query, String sort, List<String> columns) {
    /** The most characters of a title. */
    public static final int MAX_TITLE_CHARS = 128;

    /** The most characters of a query. */
    public static final int MAX_QUERY_CHARS = 2_048;

    /** @throws InvalidChangeException when a rule is broken that does not depend on a workflow; see {@link #check} for the others */
    public SavedView {
        title = Texts.line("title", title, MAX_TITLE_CHARS);
        if (query.length() > MAX_QUERY_CHARS) {
            throw new InvalidChangeException(
                    "query", "too-long", "has " + query.length() + " characters, at most " + MAX_QUERY_CHARS, (long)
                            MAX_QUERY_CHARS);
        }
        Texts.text("query", query, MAX_QUERY_CHARS);
        parameters(query);
        order(sort);
        columns = columns.stream().distinct().toList();
        for (String column : columns) {
            if (!TicketJson.NAMES.contains(column)) {
                throw new InvalidQueryException(
                        "columns",
                        "not-allowed",
                        "has '" + column + "', which is no member of a ticket",
                        -1,
                        List.copyOf(TicketJson.NAMES));
            }
        }
    }

    /** A view of these tickets, newest first. */
    public static SavedView of(String title, String query) {
        return new SavedView(title, query, "", List.of());
    }

    /** The same in that order. */
    public SavedView sortedBy(String sort) {
        return new SavedView(title, query, sort, columns);
    }

    /** The same showing these members of tickets. */
    public SavedView showing(String... columns) {
        return new SavedView(title, query, sort, List.of(columns));
    }

    /** The same with the people whom its query names called otherwise; text that it looks for stays. */
    SavedView naming(UnaryOperator<String> names) {
        Map<ListParameter, List<String>> parameters = parameters(query);
        Map<ListParameter, List<String>> named = new LinkedHashMap<>();
        parameters.forEach((parameter, values) -> named.put(parameter, parameter.naming(values, names)));
        return named.equals(parameters) ? this : new SavedView(title, address(named), sort, columns);
    }

    private static String address(Map<ListParameter, List<String>> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> entry.getKey().parameter() + "="
                        + URLEncoder.encode(String.join(",", entry.getValue()), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /**
     * Refuses what this workflow does not know.
     *
     * @throws InvalidQueryException with the field {@code query}
     */
    public void check(Workflow workflow) {
        try {
            filter(workflow, TimeRules.standard(), "somebody", Instant.EPOCH);
        } catch (InvalidQueryException refused) {
            throw new InvalidQueryException(
                    "query",
                    refused.code(),
                    "says of '" + refused.field() + "' what cannot be: it " + refused.problem(),
                    -1,
                    refused.allowed());
        }
    }

    /**
     * Which tickets the view shows.
     *
     * @param rules say where the day of a due date ends
     * @param user stands for {@code @me}
     * @param now decides what is overdue
     * @throws InvalidQueryException when the workflow does not know it any more
     */
    public TicketFilter filter(Workflow workflow, TimeRules rules, String user, Instant now) {
        Criteria criteria = new Criteria(workflow, rules, user, now);
        addTo(criteria);
        return criteria.filter();
    }

    /**
     * Adds what the view demands to other conditions.
     *
     * @throws InvalidQueryException when the workflow does not know it any more
     */
    public void addTo(Criteria criteria) {
        parameters(query).forEach((parameter, values) -> parameter.addTo(criteria, values));
    }

    /** In which order. */
    public List<SortKey> order() {
        return order(sort);
    }

    private static List<SortKey> order(String sort) {
        List<SortKey> order = sort.isEmpty()
                ? List.of()
                : Stream.of(sort.split(",", -1))
                        .map(String::strip)
                        .map(SortKey::parse)
                        .toList();
        new TicketQuery(TicketFilter.LIVING, order, 1, null, false, false); // refuses too many keys, and one twice
        return order;
    }

    private static Map<ListParameter, List<String>> parameters(String query) {
        Map<ListParameter, List<String>> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
                String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
                ListParameter parameter = ListParameter.named(name)
                        .orElseThrow(() -> refusal(
                                "unknown-parameter",
                                "has '" + name + "', which is no parameter that says which tickets a list shows"));
                add(parameter, value, parameters.computeIfAbsent(parameter, first -> new ArrayList<>()));
            }
        }
        return parameters;
    }

    private static void add(ListParameter parameter, String value, List<String> values) {
        if (parameter.takesMany()) {
            Stream.of(value.split(",", -1)).map(String::strip).forEach(values::add);
        } else if (values.isEmpty()) {
            values.add(value);
        } else {
            throw refusal("repeated", "has '" + parameter.parameter() + "' twice");
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw refusal("malformed", "is not percent-encoded like the query of an address");
        }
    }

    private static InvalidQueryException refusal(String code, String problem) {
        return new InvalidQueryException("query", code, problem, -1, List.of());
    }
}
