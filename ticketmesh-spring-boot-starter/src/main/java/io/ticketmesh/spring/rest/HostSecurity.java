package io.ticketmesh.spring.rest;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the application knows of who sends a request. */
interface HostSecurity {
    /** In an application without Spring Security: what the web server knows. */
    HostSecurity SERVLET = new HostSecurity() {
        @Override
        public Set<String> authorities(HttpServletRequest request, Collection<String> interesting) {
            return interesting.stream().filter(request::isUserInRole).collect(Collectors.toSet());
        }

        @Override
        public boolean guards(HttpServletRequest request) {
            return false;
        }

        @Override
        public @Nullable FormToken formToken(HttpServletRequest request) {
            return null;
        }
    };

    /**
     * What a write must bring to be taken for the user's own, and not for one that a page of another site makes his browser send.
     *
     * @param header the header to send it in
     * @param parameter the parameter of a form to send it in
     */
    record FormToken(String header, String parameter, String value) {}

    /**
     * What the caller was granted.
     *
     * @param interesting the names about which somebody will ask; others may be left out
     */
    Set<String> authorities(HttpServletRequest request, Collection<String> interesting);

    /** Whether rules of the application were asked before the request got here. */
    boolean guards(HttpServletRequest request);

    /** The token that the writes of this caller need; null when they need none. */
    @Nullable
    FormToken formToken(HttpServletRequest request);
}
