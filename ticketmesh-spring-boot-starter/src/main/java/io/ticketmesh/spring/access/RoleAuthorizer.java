package io.ticketmesh.spring.access;

import io.ticketmesh.ticket.Criterion;
import io.ticketmesh.ticket.TicketFilter;
import io.ticketmesh.ticket.TicketView;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides by roles, which callers have by their authorities. Immutable. */
final class RoleAuthorizer implements TicketAuthorizer {
    /** Stands for everybody whom the application lets in. */
    static final String EVERYBODY = "*";

    private static final String ROLE_PREFIX = "ROLE_";

    private static final TicketFilter NOTHING =
            TicketFilter.EVERYTHING.and(new Criterion.AnyOf(Criterion.Field.STATUS, Set.of(), false));

    private final Map<TicketRole, Set<String>> names = new EnumMap<>(TicketRole.class);

    /** @param names for each role the authorities that make it, those beginning with {@code ROLE_} also without */
    RoleAuthorizer(Map<TicketRole, ? extends Collection<String>> names) {
        names.forEach((role, authorities) -> this.names.put(role, Set.copyOf(authorities)));
    }

    Set<TicketRole> rolesOf(TicketCaller caller) {
        Set<TicketRole> roles = EnumSet.noneOf(TicketRole.class);
        names.forEach((role, authorities) -> {
            if (authorities.stream().anyMatch(name -> has(caller, name))) {
                roles.add(role);
            }
        });
        return roles;
    }

    private static boolean has(TicketCaller caller, String name) {
        return name.equals(EVERYBODY)
                || caller.authorities().contains(name)
                || caller.authorities().contains(ROLE_PREFIX + name);
    }

    @Override
    public boolean permits(TicketCaller caller, TicketAction action, @Nullable TicketView ticket) {
        for (TicketRole role : rolesOf(caller)) {
            boolean reaches = role != TicketRole.REPORTER || ticket == null || isOwn(caller, ticket);
            if (reaches && role.may(action)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOwn(TicketCaller caller, TicketView ticket) {
        return caller.isAuthenticated() && new Criterion.Concerns(caller.name()).matches(ticket.state(), List::of);
    }

    @Override
    public TicketFilter scope(TicketCaller caller) {
        Set<TicketRole> roles = rolesOf(caller);
        boolean own = roles.remove(TicketRole.REPORTER) && caller.isAuthenticated();
        if (!roles.isEmpty()) {
            return TicketFilter.EVERYTHING;
        }
        return own ? TicketFilter.EVERYTHING.and(new Criterion.Concerns(caller.name())) : NOTHING;
    }
}
