package io.ticketmesh.timer;

import java.time.Instant;

/**
 * A timer of a ticket that is still to fire.
 *
 * @param due what it stands for: a timer fires once for a due time, whatever node fires it. Of a due date the last millisecond of that
 *     day in UTC, so that a date is the same everywhere
 * @param at when it fires
 */
record ArmedTimer(String name, Instant due, Instant at) implements Comparable<ArmedTimer> {
    @Override
    public int compareTo(ArmedTimer other) {
        int byTime = at.compareTo(other.at);
        return byTime != 0 ? byTime : name.compareTo(other.name);
    }
}
