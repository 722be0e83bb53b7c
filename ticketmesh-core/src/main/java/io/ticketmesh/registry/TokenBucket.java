package io.ticketmesh.registry;

/** Lets through so many packets a second, and one second's worth at once. Owned by the registry. */
final class TokenBucket {
    private final int perSecond;
    private double tokens;
    private long filledAt;
    private boolean complained;
    private long complainedAt;

    TokenBucket(int perSecond, long nowMillis) {
        this.perSecond = perSecond;
        this.tokens = perSecond;
        this.filledAt = nowMillis;
    }

    boolean take(long nowMillis) {
        long passed = Math.max(0, nowMillis - filledAt);
        tokens = Math.min(perSecond, tokens + passed * perSecond / 1_000.0);
        filledAt = Math.max(filledAt, nowMillis);
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }

    /** Whether the one behind it should be told: once a second at most. */
    boolean mayComplain(long nowMillis) {
        if (complained && nowMillis - complainedAt < 1_000) {
            return false;
        }
        complained = true;
        complainedAt = nowMillis;
        return true;
    }
}
