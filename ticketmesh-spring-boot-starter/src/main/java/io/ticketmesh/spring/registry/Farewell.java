package io.ticketmesh.spring.registry;

import io.ticketmesh.registry.RegistryAgent;
import java.time.Duration;

/**
 * How long a server that has told registries that it drains still answers. Pure: all times are arguments, of one monotonic clock.
 *
 * <p>For a second it listens whether anybody calls. If somebody does, or did of late, it goes on until every client has asked a registry again and
 * nobody has called for a second: a client that pauses between two calls must not look like one that knows.
 */
final class Farewell {
    /** How long nobody may have called before it is believed that nobody will. */
    static final Duration QUIET = Duration.ofSeconds(1);

    /** In this time every client that calls has asked a registry again: three seconds, and a fifth. */
    static final Duration ASKED_AGAIN = RegistryAgent.DRAIN_TIME.dividedBy(2);

    /** Who has called so shortly before the stop may call again. */
    static final Duration OF_LATE = RegistryAgent.DRAIN_TIME;

    private final long beginNanos;
    private final long toldNanos;
    private final long endNanos;

    /**
     * @param beginNanos when the stop began
     * @param toldNanos when registries knew, not before {@code beginNanos}
     * @param longest after {@code beginNanos}, whatever happens
     */
    Farewell(long beginNanos, long toldNanos, Duration longest) {
        this.beginNanos = beginNanos;
        this.toldNanos = toldNanos;
        this.endNanos = beginNanos + longest.toNanos();
    }

    /**
     * How long to wait before this is asked again; 0 or less when it is time to go.
     *
     * @param quietNanos for how long nobody has called
     */
    long waitNanos(long nowNanos, long quietNanos) {
        boolean hasCallers = quietNanos < nowNanos - beginNanos + OF_LATE.toNanos();
        Duration heard = hasCallers ? ASKED_AGAIN : QUIET;
        long untilHeard = toldNanos + heard.toNanos() - nowNanos;
        long untilQuiet = QUIET.toNanos() - quietNanos;
        return Math.min(Math.max(untilHeard, untilQuiet), endNanos - nowNanos);
    }
}
