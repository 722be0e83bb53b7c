/** {@link io.ticketmesh.client.TicketMeshClient} as a bean, for applications that call a mesh and need not be nodes of it. */
@NullMarked
package io.ticketmesh.spring.client;

import org.jspecify.annotations.NullMarked;
