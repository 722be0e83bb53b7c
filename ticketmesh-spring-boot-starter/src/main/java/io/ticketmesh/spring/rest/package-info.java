/**
 * The REST endpoints: functional routes whose JSON is read and written by TicketMesh itself, so that no setting, advice or mapper of
 * the application can change the contract.
 *
 * <p>The way of a request: {@link io.ticketmesh.spring.rest.Gate} decides whether it may come in, {@link
 * io.ticketmesh.spring.rest.Call} reads it strictly, a resource carries it out, {@link io.ticketmesh.spring.rest.Reply} writes the
 * answer; whatever is thrown on the way becomes a {@link io.ticketmesh.spring.rest.Problem} in {@link
 * io.ticketmesh.spring.rest.Faults}.
 */
@NullMarked
package io.ticketmesh.spring.rest;

import org.jspecify.annotations.NullMarked;
