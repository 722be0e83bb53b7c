package io.ticketmesh.incident;

/**
 * What became of reports since the node was opened.
 *
 * @param reported how many there were
 * @param written how many are counted in tickets
 * @param lost how many are counted nowhere: too many keys at once, a node that takes no writes, or a ticket that can take no more
 */
public record IncidentStatistics(long reported, long written, long lost) {
    /** How many wait to be counted. */
    public long waiting() {
        return reported - written - lost;
    }
}
