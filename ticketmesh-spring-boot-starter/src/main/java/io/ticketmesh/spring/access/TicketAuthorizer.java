package io.ticketmesh.spring.access;

import io.ticketmesh.ticket.TicketFilter;
import io.ticketmesh.ticket.TicketView;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may do what by REST, once the application has let a request in. A bean of this type takes the place of the standard one.
 * Not asked for calls of the Java API, whose actors are what the application says.
 *
 * <p>Asked by many threads at once, before each request and, for readers of events, before each event, by one thread for all of them:
 * must be thread-safe and quick. What it throws becomes an answer with status 500.
 */
@FunctionalInterface
public interface TicketAuthorizer {
    /** Lets everybody do everything. The standard as long as {@code ticketmesh.rest.roles} is not set. */
    TicketAuthorizer UNRESTRICTED = new TicketAuthorizer() {
        @Override
        public boolean permits(TicketCaller caller, TicketAction action, @Nullable TicketView ticket) {
            return true;
        }

        @Override
        public TicketFilter scope(TicketCaller caller) {
            return TicketFilter.EVERYTHING;
        }
    };

    /**
     * Whether the caller may do it. A ticket that he may not read does not exist for him, and no other action on it is asked for.
     *
     * @param ticket as it is before the action; null for actions without a ticket, and for the question whether there may be any ticket
     *     on which he may do it
     */
    boolean permits(TicketCaller caller, TicketAction action, @Nullable TicketView ticket);

    /**
     * Which tickets there are for the caller, if a filter can say it: lists and counts then cost as much as those of any filter, and
     * {@link TicketAction#READ} is not asked for single tickets. Null, the default, to be asked for each: pages and totals are right
     * as well, but are found by asking for one ticket after the other, of all in a total.
     */
    default @Nullable TicketFilter scope(TicketCaller caller) {
        return null;
    }
}
