package io.ticketmesh.timer;

import java.time.Duration;

/**
 * How often a node looks at the clock.
 *
 * @param look how long it rests when there is nothing to do
 * @param settle how long after its start a node that meets others fires nothing
 */
public record TimerPace(Duration look, Duration settle) {
    public static final TimerPace STANDARD = new TimerPace(Duration.ofSeconds(1), Duration.ofSeconds(10));

    TimerPace alone() {
        return new TimerPace(look, Duration.ZERO);
    }
}
