/**
 * What happens to tickets, as events of Spring: an {@code @EventListener} hears of every change of this node and of others. See {@link
 * io.ticketmesh.spring.event.TicketEvent}.
 */
@NullMarked
package io.ticketmesh.spring.event;

import org.jspecify.annotations.NullMarked;
