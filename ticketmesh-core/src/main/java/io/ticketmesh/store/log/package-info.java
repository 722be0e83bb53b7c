/**
 * The operation log on disk: segments of checksummed frames, the one durable truth of a replica. Everything else on
 * disk can be rebuilt from it.
 */
@NullMarked
package io.ticketmesh.store.log;

import org.jspecify.annotations.NullMarked;
