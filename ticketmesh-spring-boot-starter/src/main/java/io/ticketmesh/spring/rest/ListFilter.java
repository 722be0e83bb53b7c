package io.ticketmesh.spring.rest;

import io.ticketmesh.definition.Definition;
import io.ticketmesh.definition.ListParameter;
import io.ticketmesh.definition.SavedView;
import io.ticketmesh.spring.access.TicketAction;
import io.ticketmesh.ticket.Criteria;
import io.ticketmesh.ticket.InvalidQueryException;
import io.ticketmesh.ticket.TicketFilter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parameters that say which tickets are wanted, of those that there are for the caller. A view demands what it says besides
 * them. What is wrong is noted with the parameters.
 */
final class ListFilter {
    private final Parameters parameters;
    private final Rights rights;
    private final Criteria criteria;
    private final @Nullable SavedView view;
    private boolean deletedToo;

    ListFilter(Desk desk, Call call) {
        parameters = call.parameters();
        rights = call.rights();
        rights.require(TicketAction.READ);
        criteria = new Criteria(desk.service().workflow(), call.actor(), desk.now());
        view = view(desk, call);
    }

    private static @Nullable SavedView view(Desk desk, Call call) {
        String name = call.parameters().text("view");
        if (name == null) {
            return null;
        }
        SavedView view = desk.node()
                .views(call.actor())
                .find(name)
                .map(Definition::value)
                .orElse(null);
        if (view == null) {
            call.parameters().reject("view", "unknown-view", "names no view that there is", null);
        }
        return view;
    }

    /** The view that is named; null when none is. */
    @Nullable
    SavedView view() {
        return view;
    }

    /** Lets deleted tickets through too, unless it is said otherwise. */
    ListFilter deletedToo() {
        deletedToo = true;
        return this;
    }

    TicketFilter filter() {
        return rights.within(wanted());
    }

    /** What the parameters alone say. */
    TicketFilter wanted() {
        if (view != null) {
            noted("view", () -> view.addTo(criteria));
        }
        for (ListParameter parameter : ListParameter.values()) {
            List<String> values = values(parameter);
            if (!values.isEmpty()) {
                noted(null, () -> parameter.addTo(criteria, values));
            } else if (parameter == ListParameter.DELETED && deletedToo) {
                criteria.deletedToo();
            }
        }
        return criteria.filter();
    }

    private List<String> values(ListParameter parameter) {
        if (parameter.takesMany()) {
            return parameters.list(parameter.parameter());
        }
        String text = parameters.text(parameter.parameter());
        return text == null ? List.of() : List.of(text);
    }

    /** @param culprit the parameter at fault; null for the one that the refusal names */
    private void noted(@Nullable String culprit, Runnable condition) {
        try {
            condition.run();
        } catch (InvalidQueryException refused) {
            Object limit = refused.allowed().isEmpty() ? refused.limit().orElse(null) : refused.allowed();
            String problem =
                    culprit == null ? refused.problem() : "says '" + refused.field() + "' " + refused.problem();
            parameters.reject(culprit == null ? refused.field() : culprit, refused.code(), problem, limit);
        }
    }
}
