package io.ticketmesh.spring.access;

import java.security.Principal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who asks. Immutable, if the principal is; it outlives the request.
 *
 * @param name of the actor, at most 128 characters
 * @param principal whom the application authenticated, with Spring Security its {@code Authentication}; null for nobody
 * @param authorities with Spring Security all that the caller was granted, {@code ROLE_} included; otherwise, of the names that
 *     {@code ticketmesh.rest.roles} mentions, those that are roles of the caller for the web server
 */
public record TicketCaller(String name, @Nullable Principal principal, Set<String> authorities) {
    public TicketCaller {
        authorities = Set.copyOf(authorities);
    }

    /** Whether the application knows who it is. Otherwise others may go by the same name. */
    public boolean isAuthenticated() {
        return principal != null;
    }
}
