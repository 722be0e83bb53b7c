/**
 * Opens a node from code: {@link io.ticketmesh.TicketMesh} is the entrance, {@link io.ticketmesh.Tickets} what one works with.
 */
@NullMarked
package io.ticketmesh;

import org.jspecify.annotations.NullMarked;
