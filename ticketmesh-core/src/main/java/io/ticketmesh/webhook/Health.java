package io.ticketmesh.webhook;

/** How a receiver does, as this node sees it: one that fails again and again is asked less often, and is not sent all that is new. */
final class Health {
    /** So many failures in a row make a receiver a failing one. */
    static final int FAILING = 3;

    private static final long FIRST_PAUSE_MILLIS = 5_000;
    private static final long LONGEST_PAUSE_MILLIS = 300_000;
    private static final int MOST_DOUBLINGS = 6;
    private static final int CONCURRENCY = 4;

    private int failures;
    private long failedAtMillis;

    /** Notes a try; says whether a failing receiver is well again. */
    boolean note(boolean accepted, long nowMillis) {
        boolean recovered = accepted && isFailing();
        failures = accepted ? 0 : failures + 1;
        failedAtMillis = nowMillis;
        return recovered;
    }

    boolean isFailing() {
        return failures >= FAILING;
    }

    /** How many messages may be under way at once. */
    int concurrency() {
        return isFailing() ? 1 : CONCURRENCY;
    }

    /** Whether something may be sent for the first time. What failed before has times of its own. */
    boolean takesNews(long nowMillis) {
        if (!isFailing()) {
            return true;
        }
        long pause = FIRST_PAUSE_MILLIS << Math.min(failures - FAILING, MOST_DOUBLINGS);
        return Route.hasPassed(Math.min(pause, LONGEST_PAUSE_MILLIS), failedAtMillis, nowMillis);
    }
}
