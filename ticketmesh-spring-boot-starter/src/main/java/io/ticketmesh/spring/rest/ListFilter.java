package io.ticketmesh.spring.rest;

import io.ticketmesh.json.Rfc3339;
import io.ticketmesh.spring.access.TicketAction;
import io.ticketmesh.ticket.Criteria;
import io.ticketmesh.ticket.InvalidQueryException;
import io.ticketmesh.ticket.TicketFilter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads the parameters that say which tickets are wanted, of those that there are for the caller. What is wrong is noted with the
 * parameters.
 */
final class ListFilter {
    private static final int DATE_CHARS = 10;

    private final Parameters parameters;
    private final Rights rights;
    private final Criteria criteria;
    private String deleted = "false";

    ListFilter(Desk desk, Call call) {
        parameters = call.parameters();
        rights = call.rights();
        rights.require(TicketAction.READ);
        criteria = new Criteria(desk.service().workflow(), desk.service().timeRules(), call.actor(), desk.now());
    }

    /** Lets deleted tickets through too, unless it is said otherwise. */
    ListFilter deletedToo() {
        deleted = "true";
        return this;
    }

    TicketFilter filter() {
        return rights.within(wanted());
    }

    /** What the parameters alone say. */
    TicketFilter wanted() {
        anyOf("status", criteria::status);
        anyOf("category", criteria::category);
        anyOf("priority", criteria::priority);
        anyOf("assignee", criteria::assignee);
        anyOf("reporter", criteria::reporter);
        anyOf("watcher", criteria::watcher);
        anyOf("queue", criteria::queue);
        anyOf("type", criteria::type);
        anyOf("resolution", criteria::resolution);
        anyOf("tag", criteria::tags);
        anyOf("tagAny", criteria::anyTag);
        anyOf("tagNone", criteria::withoutTags);
        anyOf("externalId", criteria::externalId);
        time("createdAfter", criteria::createdAfter);
        time("createdBefore", criteria::createdBefore);
        time("updatedAfter", criteria::updatedAfter);
        time("updatedBefore", criteria::updatedBefore);
        time("dueAfter", criteria::dueAfter);
        time("dueBefore", criteria::dueBefore);
        Boolean overdue = parameters.truth("overdue");
        if (overdue != null) {
            criteria.overdue(overdue);
        }
        if (parameters.oneOf("has", "", List.of("conflict")).equals("conflict")) {
            criteria.conflict(true);
        }
        switch (parameters.oneOf("deleted", deleted, List.of("false", "true", "only"))) {
            case "true" -> criteria.deletedToo();
            case "only" -> criteria.deletedOnly();
            default -> {
                // without them, as usual
            }
        }
        String query = parameters.text("q");
        if (query != null) {
            noted(() -> criteria.query(query));
        }
        return criteria.filter();
    }

    private void anyOf(String name, Consumer<String[]> condition) {
        List<String> values = parameters.list(name);
        if (!values.isEmpty()) {
            noted(() -> condition.accept(values.toArray(String[]::new)));
        }
    }

    private void time(String name, Consumer<Instant> condition) {
        Instant instant = parameters.converted(name, ListFilter::instant);
        if (instant != null) {
            condition.accept(instant);
        }
    }

    /** A timestamp, or a date, which is its first moment in UTC. */
    private static Instant instant(String text) {
        return text.length() == DATE_CHARS
                ? Rfc3339.date(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                : Rfc3339.instant(text);
    }

    private void noted(Runnable condition) {
        try {
            condition.run();
        } catch (InvalidQueryException refused) {
            Object limit = refused.allowed().isEmpty() ? refused.limit().orElse(null) : refused.allowed();
            parameters.reject(refused.field(), refused.code(), refused.problem(), limit);
        }
    }
}
