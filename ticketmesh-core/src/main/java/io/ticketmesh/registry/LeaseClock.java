package io.ticketmesh.registry;

/**
 * The time by which leases run: it stands still while the registry itself does, so that a registry that was paused ends no lease
 * because of renewals that it could not hear. Owned by the registry.
 */
final class LeaseClock {
    /** A registry looks at the time four times a second; when it did not for longer than this, it was paused. */
    static final long LONGEST_STEP = 1_000;

    private long realMillis;
    private long leaseMillis;
    private long resumedAt;

    LeaseClock(long nowMillis) {
        realMillis = nowMillis;
    }

    /** The lease time at {@code nowMillis}, which does not go back; begins with 0. */
    long at(long nowMillis) {
        long step = Math.max(0, nowMillis - realMillis);
        if (step > LONGEST_STEP) {
            resumedAt = leaseMillis;
        } else {
            leaseMillis += step;
        }
        realMillis = Math.max(realMillis, nowMillis);
        return leaseMillis;
    }

    /** When the registry last began to hear, at its start or after a pause, as lease time. */
    long resumedAt() {
        return resumedAt;
    }
}
