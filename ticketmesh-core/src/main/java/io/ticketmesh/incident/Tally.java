package io.ticketmesh.incident;

import org.jspecify.annotations.Nullable;

/**
 * What was reported under one key and is not written yet. Immutable.
 *
 * @param count how many reports
 * @param words what was told of the first of them; null when nothing was told since the last write
 */
record Tally(long count, @Nullable Incident words) {
    static final Tally NOTHING = new Tally(0, null);

    Tally with(long more, @Nullable Incident told) {
        return new Tally(count + more, words == null ? told : words);
    }
}
