package io.ticketmesh.registry;

import java.util.random.RandomGenerator;

/** How long things take, in milliseconds. All parties use the same times, so nobody can set them. */
final class Times {
    /** How often a server renews its lease, give or take a fifth. */
    static final long RENEW = 2_000;
    /** A server that was silent for so long is listed after the others. */
    static final long LATE = 6_000;
    /** A server that was silent for so long is not listed any more. */
    static final long LEASE = 10_000;
    /** A lease that ended is remembered, so that its late packets do not begin it anew. */
    static final long MEMORY = 60_000;
    /** Leases that would end together are kept for so long beyond their end. */
    static final long PROTECTION = 60_000;
    /** How often a client asks for the list, give or take a fifth. */
    static final long REFRESH = 3_000;
    /** A watch ends after so long. */
    static final long WATCH = 10_000;
    /** Registries that do not answer are asked whether they are there, give or take a fifth. */
    static final long PROBE = 2_000;
    /** The link is asked for registries when some are known, give or take a fifth. */
    static final long PROBE_LINK = 30_000;
    /** A registry that was only told of is forgotten when it was silent for so long while another answered. */
    static final long FORGET = 300_000;
    /** A cookie is good for one to two of these: less than {@link #MEMORY}. */
    static final long COOKIE_KEY = 15_000;

    /** How long one waits for an answer before one asks again, and in the end gives up. */
    private static final long[] PATIENCE = {200, 400, 800};

    private Times() {}

    static int attempts() {
        return PATIENCE.length;
    }

    /** How long to wait after the attempt of that number, from 0. */
    static long patience(int attempt) {
        return PATIENCE[attempt];
    }

    /** The time, give or take a fifth, so that those who began together do not stay together. */
    static long around(long millis, RandomGenerator random) {
        long spread = millis * 2 / 5;
        return millis - spread / 2 + random.nextLong(spread + 1);
    }
}
