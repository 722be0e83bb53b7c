package io.ticketmesh.ticket;

/** What the timers of tickets are called, besides those of {@link ServiceMetric}. Names are for ever: they are stored in tickets. */
public final class TimerNames {
    /** When the ticket becomes overdue. */
    public static final String DUE = "due";

    /** When waiting ends. */
    public static final String SNOOZE = "snooze";

    /** When a resolved ticket was left alone for long enough. */
    public static final String AUTO_CLOSE = "auto_close";

    private TimerNames() {}
}
