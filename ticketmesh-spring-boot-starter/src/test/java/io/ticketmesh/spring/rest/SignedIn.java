package io.ticketmesh.spring.rest;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.security.Principal;
import java.util.Arrays;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application that believes the headers {@code X-User} and {@code X-Roles}, as one behind a proxy may. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class SignedIn {
    static final String[] ALICE = as("alice", "customer");
    static final String[] BOB = as("bob", "customer");
    static final String[] ANNA = as("anna", "support");
    static final String[] ROOT = as("root", "boss");

    static final String[] ROLES = {
        "ticketmesh.rest.roles.reader=auditor",
        "ticketmesh.rest.roles.reporter=customer",
        "ticketmesh.rest.roles.agent=support,helper",
        "ticketmesh.rest.roles.admin=boss"
    };

    static String[] as(String user, String roles) {
        return new String[] {"X-User", user, "X-Roles", roles};
    }

    @Bean
    Filter signIn() {
        return (request, response, chain) -> {
            HttpServletRequest http = (HttpServletRequest) request;
            String user = http.getHeader("X-User");
            chain.doFilter(user == null ? http : new Known(http, user), response);
        };
    }

    private static final class Known extends HttpServletRequestWrapper {
        private final String user;

        private Known(HttpServletRequest request, String user) {
            super(request);
            this.user = user;
        }

        @Override
        public Principal getUserPrincipal() {
            return () -> user;
        }

        @Override
        public boolean isUserInRole(String role) {
            String roles = getHeader("X-Roles");
            return roles != null && Arrays.asList(roles.split(",")).contains(role);
        }
    }
}
