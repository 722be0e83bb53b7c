/**
 * The help desk as part of a Spring Boot application: add the dependency, and {@link io.ticketmesh.TicketMesh} and {@link
 * io.ticketmesh.Tickets} can be injected; a servlet application also answers the REST endpoints below {@code /tickets} and {@code
 * /ticketmesh}. Everything is configured by {@link io.ticketmesh.spring.TicketMeshProperties} and adjusted by {@link
 * io.ticketmesh.spring.TicketMeshCustomizer}; each bean steps back when the application defines its own.
 */
@NullMarked
package io.ticketmesh.spring;

import org.jspecify.annotations.NullMarked;
