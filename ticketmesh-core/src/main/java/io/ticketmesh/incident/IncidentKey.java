package io.ticketmesh.incident;

import io.ticketmesh.causality.Sha256;
import io.ticketmesh.node.TicketService;
import io.ticketmesh.ticket.GoneTicketException;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.TicketView;
import io.ticketmesh.ticket.UnknownTicketException;
import org.jspecify.annotations.Nullable;

/**
 * Which tickets are those of a key: derived from it, so that all nodes make the same one. When it is deleted or purged, what comes again
 * makes the next one, for a purged id never returns and what somebody deleted shall not come back against his will.
 */
final class IncidentKey {
    /** The most characters that are looked at as they are; of longer keys the end is a hash. */
    static final int MAX_CHARS = 255;

    /** The most tickets of one key. */
    static final int MAX_GENERATIONS = 1_000;

    private static final int MAX_MERGES = 100;

    private IncidentKey() {}

    /** The key in a form of bounded length. */
    static String bounded(String key) {
        return key.length() <= MAX_CHARS ? key : key.substring(0, MAX_CHARS - 33) + '#' + hash(key);
    }

    private static String hash(String key) {
        Sha256 hash = Sha256.ofNames(key);
        return String.format("%016x%016x", hash.high(), hash.low());
    }

    static TicketId ticket(String key, int generation) {
        return TicketId.derived("incident", generation == 0 ? "" : String.valueOf(generation), key);
    }

    /**
     * Where a key is counted now.
     *
     * @param ticket null when it is still to be created
     */
    record Place(TicketId id, @Nullable TicketView ticket) {}

    /**
     * Finds the place.
     *
     * @throws GoneTicketException when all tickets that it could have are gone
     */
    static Place find(String key, TicketService tickets) {
        for (int generation = 0; ; generation++) {
            TicketId id = ticket(key, generation);
            try {
                TicketView found = tickets.get(id);
                if (!found.isDeleted()) {
                    TicketView workedOn = followed(found, tickets);
                    return new Place(workedOn.id(), workedOn);
                }
            } catch (UnknownTicketException none) {
                return new Place(id, null);
            } catch (GoneTicketException purged) {
                if (generation >= MAX_GENERATIONS) {
                    throw purged;
                }
            }
        }
    }

    /** The ticket that is worked on instead, as far as it is there. */
    private static TicketView followed(TicketView from, TicketService tickets) {
        TicketView at = from;
        for (int step = 0; step < MAX_MERGES; step++) {
            TicketId into = at.mergedInto();
            TicketView next = into == null ? null : tickets.find(into).orElse(null);
            if (next == null || next.isDeleted()) {
                return at;
            }
            at = next;
        }
        return at;
    }
}
