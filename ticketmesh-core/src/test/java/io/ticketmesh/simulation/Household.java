package io.ticketmesh.simulation;

import java.util.List;

/** Residents that belong together, one on each machine of a scenario: they move in at one word, and understand more from then on. */
public interface Household extends Resident.Factory {
    /** Whether a command with this first word is theirs. */
    default boolean understands(String command) {
        return false;
    }

    /** What one of their commands gave, in lines in which nodes, runs and tickets stand by their ids. */
    default List<String> perform(List<String> words) {
        return List.of();
    }
}
