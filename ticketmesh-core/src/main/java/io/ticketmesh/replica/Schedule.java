package io.ticketmesh.replica;

import java.time.Duration;

/**
 * How often replicas compare, and how much they tell. All must be positive.
 *
 * @param busyDigest between digests while operations arrive. Too small: traffic; too large: lost hints are repaired late
 * @param idleDigest between digests while nothing happens
 * @param pullTimeout after which an unanswered pull is sent again. Too small: operations come twice
 * @param directExchange between digests to one replica alone
 * @param contentCheck between comparisons of content at equal versions
 * @param peerForgotten after which a silent peer is asked no more
 * @param listedRuns the most runs of nodes that a digest lists; of others, that ended long ago as a rule, it tells a hash
 */
public record Schedule(
        Duration busyDigest,
        Duration idleDigest,
        Duration pullTimeout,
        Duration directExchange,
        Duration contentCheck,
        Duration peerForgotten,
        int listedRuns) {
    /** 1 s busy, 5 s idle, 500 ms for a pull, 10 s direct, 60 s content, 60 s until forgotten, 64 runs: some 2 kB. */
    public static final Schedule STANDARD = new Schedule(
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofMillis(500),
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            64);
}
