package io.ticketmesh.ticket;

import java.util.List;
import java.util.Optional;

/**
 * How urgent a ticket is. Ordered by rank; a priority that only a newer version knows is kept with its rank.
 *
 * @param rank the larger the more urgent
 */
public record Priority(int rank, String name) implements Comparable<Priority> {
    public static final Priority LOW = new Priority(10, "low");
    public static final Priority NORMAL = new Priority(20, "normal");
    public static final Priority HIGH = new Priority(30, "high");
    public static final Priority URGENT = new Priority(40, "urgent");

    /** All that this version knows, by rising rank. */
    public static final List<Priority> ALL = List.of(LOW, NORMAL, HIGH, URGENT);

    /** The priority of that name, among those that this version knows. */
    public static Optional<Priority> named(String name) {
        return ALL.stream().filter(priority -> priority.name.equals(name)).findFirst();
    }

    @Override
    public int compareTo(Priority other) {
        int byRank = Integer.compare(rank, other.rank);
        return byRank != 0 ? byRank : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
