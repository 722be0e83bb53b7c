package io.ticketmesh.ticket;

/**
 * A status that a ticket was given.
 *
 * @param atMillis when, milliseconds since 1970
 */
public record StatusStep(StatusValue value, String actor, long atMillis) {}
