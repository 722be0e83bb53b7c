package io.ticketmesh.definition;

import io.ticketmesh.json.Rfc3339;
import io.ticketmesh.ticket.Criteria;
import io.ticketmesh.ticket.InvalidQueryException;
import io.ticketmesh.ticket.QueryPeople;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A parameter that says which tickets a list shows: the one reading of them, for REST and for saved views. */
public enum ListParameter {
    STATUS("status", Criteria::status),
    CATEGORY("category", Criteria::category),
    PRIORITY("priority", Criteria::priority),
    ASSIGNEE("assignee", Criteria::assignee),
    REPORTER("reporter", Criteria::reporter),
    WATCHER("watcher", Criteria::watcher),
    QUEUE("queue", Criteria::queue),
    TYPE("type", Criteria::type),
    RESOLUTION("resolution", Criteria::resolution),
    TAG("tag", Criteria::tags),
    TAG_ANY("tagAny", Criteria::anyTag),
    TAG_NONE("tagNone", Criteria::withoutTags),
    EXTERNAL_ID("externalId", Criteria::externalId),
    CREATED_AFTER("createdAfter", ListParameter::time, Criteria::createdAfter),
    CREATED_BEFORE("createdBefore", ListParameter::time, Criteria::createdBefore),
    UPDATED_AFTER("updatedAfter", ListParameter::time, Criteria::updatedAfter),
    UPDATED_BEFORE("updatedBefore", ListParameter::time, Criteria::updatedBefore),
    DUE_AFTER("dueAfter", ListParameter::time, Criteria::dueAfter),
    DUE_BEFORE("dueBefore", ListParameter::time, Criteria::dueBefore),
    OVERDUE("overdue", ListParameter::truth, Criteria::overdue),
    HAS("has", text -> one(text, "conflict"), (criteria, text) -> criteria.conflict(true)),
    DELETED("deleted", text -> one(text, "false", "true", "only"), ListParameter::deleted),
    Q("q", Function.identity(), Criteria::query);

    private static final int DATE_CHARS = 10;

    private final String parameter;
    private final boolean many;

    @SuppressWarnings("ImmutableEnumChecker") // functions without state
    private final BiConsumer<Criteria, List<String>> condition;

    /** Of which all values are alternatives. */
    ListParameter(String parameter, BiConsumer<Criteria, String[]> condition) {
        this.parameter = parameter;
        this.many = true;
        this.condition = (criteria, values) -> condition.accept(criteria, values.toArray(String[]::new));
    }

    /** Of which there is one. */
    <V> ListParameter(String parameter, Function<String, V> conversion, BiConsumer<Criteria, V> condition) {
        this.parameter = parameter;
        this.many = false;
        this.condition = (criteria, values) -> condition.accept(criteria, conversion.apply(values.get(0)));
    }

    /** The one that is written so. */
    public static Optional<ListParameter> named(String name) {
        return Arrays.stream(values())
                .filter(parameter -> parameter.parameter.equals(name))
                .findFirst();
    }

    /** How it is written. */
    public String parameter() {
        return parameter;
    }

    /** Whether it takes several values, separated by commas. */
    public boolean takesMany() {
        return many;
    }

    /**
     * The values with the people among them called otherwise.
     *
     * @param names what people are called
     */
    List<String> naming(List<String> values, UnaryOperator<String> names) {
        return switch (this) {
            case ASSIGNEE, REPORTER, WATCHER ->
                values.stream()
                        .map(value -> QueryPeople.isName(value) ? names.apply(value) : value)
                        .distinct()
                        .toList();
            case Q ->
                values.stream().map(query -> QueryPeople.rename(query, names)).toList();
            default -> values;
        };
    }

    /**
     * Adds its condition.
     *
     * @param values at least one
     * @throws InvalidQueryException that names the parameter, when they are not understood
     */
    public void addTo(Criteria criteria, List<String> values) {
        try {
            condition.accept(criteria, values);
        } catch (InvalidQueryException refused) {
            throw refused.field().isEmpty() ? named(refused) : refused;
        } catch (IllegalArgumentException refused) {
            String problem = refused.getMessage() == null ? "is not valid" : refused.getMessage();
            throw new InvalidQueryException(parameter, "invalid", problem, -1, List.of());
        }
    }

    private InvalidQueryException named(InvalidQueryException refused) {
        return new InvalidQueryException(parameter, refused.code(), refused.problem(), -1, refused.allowed());
    }

    /** A timestamp, or a date, which is its first moment in UTC. */
    private static Instant time(String text) {
        return text.length() == DATE_CHARS
                ? Rfc3339.date(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                : Rfc3339.instant(text);
    }

    private static boolean truth(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new InvalidQueryException("", "invalid", "must be true or false", -1, List.of("true", "false"));
        }
        return text.equals("true");
    }

    private static String one(String text, String... allowed) {
        List<String> names = List.of(allowed);
        if (!names.contains(text)) {
            throw new InvalidQueryException("", "not-allowed", "must be one of " + String.join(", ", names), -1, names);
        }
        return text;
    }

    private static void deleted(Criteria criteria, String text) {
        switch (text) {
            case "true" -> criteria.deletedToo();
            case "only" -> criteria.deletedOnly();
            default -> {
                // without them, as usual
            }
        }
    }
}
