/**
 * The client: {@link io.ticketmesh.client.TicketMeshClient} speaks the whole REST contract to a set of servers, one after the other in
 * turn, and goes on with the next when one fails. No Spring, no thread of its own; HTTP is the JDK's.
 *
 * <p>Words for tickets are methods of the client; other things have groups of their own, like {@link io.ticketmesh.client.RemoteViews}, each
 * of them once for those who wait and once for those who do not.
 *
 * <p>The way of a call: {@code Tickets} words become a {@code Request} of a {@code Conversation}; a {@code Call} carries it out, attempt by attempt;
 * {@code Rotation}, which is pure, says whose turn it is and who is left alone for a while; {@code Verdict} says what an answer
 * means for the next step; {@code Seen} carries what was seen from one answer to the next request. Where servers come from is a port,
 * {@link io.ticketmesh.client.ServerDirectory}: a fixed list, or the registries of a mesh.
 */
@NullMarked
package io.ticketmesh.client;

import org.jspecify.annotations.NullMarked;
