/** The materialized local database: MapDB's {@code StoreDirect} on a volume whose checkpoints survive a crash. */
@NullMarked
package io.ticketmesh.store.mapdb;

import org.jspecify.annotations.NullMarked;
