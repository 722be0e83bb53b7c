package io.ticketmesh.replica;

import java.time.Duration;

/**
 * How often replicas compare. All times must be positive.
 *
 * @param busyDigest between digests while operations arrive. Too small: traffic; too large: lost hints are repaired late
 * @param idleDigest between digests while nothing happens
 * @param pullTimeout after which an unanswered pull is sent again. Too small: operations come twice
 * @param directExchange between digests to one replica alone
 * @param contentCheck between comparisons of content at equal versions
 * @param peerForgotten after which a silent peer is asked no more
 */
public record Schedule(
        Duration busyDigest,
        Duration idleDigest,
        Duration pullTimeout,
        Duration directExchange,
        Duration contentCheck,
        Duration peerForgotten) {
    /** 1 s busy, 5 s idle, 500 ms for a pull, 10 s direct, 60 s content, 60 s until forgotten. */
    public static final Schedule STANDARD = new Schedule(
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofMillis(500),
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60));
}
