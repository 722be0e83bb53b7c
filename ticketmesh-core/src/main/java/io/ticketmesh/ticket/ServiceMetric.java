package io.ticketmesh.ticket;

import java.util.Locale;

/** What is promised for a ticket. Names are for ever: timers and readers of events know them. */
public enum ServiceMetric {
    /** How soon the first answer comes: until somebody other than reporter and creator comments in public. */
    FIRST_RESPONSE,
    /** How long the reporter is left without a word: since the last such comment, or since the creation. */
    UPDATE,
    /** How soon it is done. */
    RESOLUTION;

    private static final String TIMERS = "sla.";

    /** The name in JSON. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The name of the timer that fires when the promise is broken. */
    public String timer() {
        return TIMERS + label();
    }

    /** Whether a timer is one of these, or of those of a newer version. */
    public static boolean isTimer(String timer) {
        return timer.startsWith(TIMERS);
    }
}
