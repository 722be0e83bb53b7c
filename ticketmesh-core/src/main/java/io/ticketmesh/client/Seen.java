package io.ticketmesh.client;

import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.node.VersionToken;

/**
 * What was seen of the tickets so far, carried from answers to requests so that whichever server is asked next shows as much. Only grows.
 * Thread-safe.
 */
final class Seen {
    private volatile Mark mark;

    /** A token and what it says. */
    private record Mark(VersionVector version, String token) {}

    /** Nothing yet. */
    Seen() {
        mark = new Mark(VersionVector.EMPTY, "");
    }

    /**
     * As much as a token says; nothing for an empty one.
     *
     * @throws IllegalArgumentException when it is none
     */
    Seen(String token) {
        mark = new Mark(token.isEmpty() ? VersionVector.EMPTY : VersionToken.parse(token), token);
    }

    /** To be sent with the next request; empty when nothing was seen. */
    String token() {
        return mark.token();
    }

    /** Adds what an answer says. Something that is no token adds nothing. */
    void add(String token) {
        if (token.equals(mark.token())) {
            return;
        }
        VersionVector told;
        try {
            told = VersionToken.parse(token);
        } catch (IllegalArgumentException noToken) {
            return;
        }
        synchronized (this) {
            if (!mark.version().dominates(told)) {
                mark = merged(mark, told, token);
            }
        }
    }

    /** Adds what was seen otherwise. */
    synchronized void add(VersionVector told) {
        if (!mark.version().dominates(told)) {
            VersionVector all = mark.version().merge(told);
            mark = new Mark(all, VersionToken.of(all, newest(all)));
        }
    }

    private static Mark merged(Mark before, VersionVector told, String token) {
        VersionVector all = before.version().merge(told);
        return all.equals(told) ? new Mark(told, token) : new Mark(all, VersionToken.of(all, newest(all)));
    }

    /** The run that began last. */
    private static Origin newest(VersionVector version) {
        return version.entries().keySet().stream()
                .max(java.util.Comparator.comparingLong(Origin::incarnation))
                .orElseThrow();
    }
}
