package io.ticketmesh.ticket;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a promise about a ticket stands. Computed from replicated state, the rules and a time, so nodes that hold the same say the same.
 *
 * @param policy the name of the policy that makes it
 * @param target the working time that was promised
 * @param ended whether it cannot change by time any more: what was promised has come, or the ticket is done
 * @param dueAt when it is or was used up; null while that is open, because the clock stands
 * @param remaining the working time that is left; null unless it runs or stands
 */
public record ServiceClock(
        ServiceMetric metric,
        String policy,
        Duration target,
        State state,
        boolean ended,
        @Nullable Instant dueAt,
        @Nullable Duration remaining) {
    /** What the clock does. */
    public enum State {
        /** Somebody has to act. */
        RUNNING,
        /** It stands while somebody else is waited for. */
        PAUSED,
        /** What was promised came in time, or the ticket was done before. */
        MET,
        /** It did not. */
        BREACHED;

        /** The name in JSON. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
