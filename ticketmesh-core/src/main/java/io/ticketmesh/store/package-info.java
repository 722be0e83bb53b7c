/** What a replica keeps: the ports of reading and committing, and a reference implementation in memory. */
@NullMarked
package io.ticketmesh.store;

import org.jspecify.annotations.NullMarked;
