package io.ticketmesh.store.log;

/**
 * The valid part of a segment file at one moment. Later appends change only what lies behind it.
 *
 * @param name the file
 * @param firstIndex the index of its first entry
 * @param validBytes the length of its header and its durable frames
 */
public record SegmentExtent(String name, long firstIndex, int validBytes) {}
