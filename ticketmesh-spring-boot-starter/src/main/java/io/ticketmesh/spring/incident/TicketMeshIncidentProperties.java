package io.ticketmesh.spring.incident;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which troubles of the application become incidents, and how they are counted. Immutable.
 *
 * @param interval How long reports of one incident are added up before they are written; the first is written at once. Too short: an
 *     incident that storms becomes many operations, which are kept for ever. Too long: its count lags behind, and a process that is
 *     killed loses more.
 * @param loggedErrors Whether what the application logs as an error becomes an incident. Needs Logback.
 * @param unhandledExceptions Whether exceptions that no handler of Spring MVC answers become incidents. What the client is answered
 *     stays the same.
 * @param health Whether a component of the application's health that goes down becomes an incident. Needs Actuator with its endpoint
 *     'health'.
 * @param healthInterval How often the health is looked at. Too short: what it checks is busy with being checked. Too long: what goes down
 *     for a moment is not seen.
 * @param packages Packages whose code says which exceptions are the same. Empty: those of the application.
 */
@ConfigurationProperties("ticketmesh.incidents")
public record TicketMeshIncidentProperties(
        @DefaultValue("10s") Duration interval,
        @DefaultValue("false") boolean loggedErrors,
        @DefaultValue("false") boolean unhandledExceptions,
        @DefaultValue("false") boolean health,
        @DefaultValue("30s") Duration healthInterval,
        @DefaultValue List<String> packages) {
    public TicketMeshIncidentProperties {
        packages = List.copyOf(packages);
        requirePositive("interval", interval);
        requirePositive("health-interval", healthInterval);
    }

    private static void requirePositive(String name, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(
                    "ticketmesh.incidents." + name + " is " + duration + ", it must be positive");
        }
    }
}
