package io.ticketmesh.definition;

import java.time.Instant;

/**
 * Something that was set up under a name. Immutable if its value is.
 *
 * @param etag names its state, the same on every node that holds the same
 * @param writtenBy who wrote it last, as he is shown
 * @param writtenAt by the clock of the node that took it, to the millisecond
 */
public record Definition<T>(String name, T value, String etag, String writtenBy, Instant writtenAt) {}
