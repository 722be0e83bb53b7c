package io.ticketmesh.replica;

/**
 * What a replica counted since it was opened.
 *
 * @param duplicates operations that came again
 * @param droppedAsPurged operations on purged tickets, which were dropped
 * @param early operations that wait for something before them, now
 * @param leadsRefused foreign timestamps more than a minute ahead of this clock
 * @param largestLeadMillis the largest of those leads
 */
public record ReplicaStatistics(
        long duplicates, long droppedAsPurged, int early, long leadsRefused, long largestLeadMillis) {}
