package io.ticketmesh.cluster;

/**
 * A time during which a replica knew that others held what it did not.
 *
 * @param tookMillis how long it lasted
 * @param endedMillisAgo how long ago the replica had all that it knew of
 */
public record CatchUp(long tookMillis, long endedMillisAgo) {}
