package io.ticketmesh.webhook;

import io.ticketmesh.feed.TicketNews;
import org.jspecify.annotations.Nullable;

/**
 * A message that is to be sent now.
 *
 * @param lane where it stands; null when it was tried before
 * @param item its place there; null when it was tried before
 * @param onDemand whether somebody asked for it, beside the schedule
 */
record Errand(Delivery delivery, TicketNews news, @Nullable Lane lane, Lane.@Nullable Item item, boolean onDemand) {}
