package io.ticketmesh.spring.event;

/**
 * Listeners were too slow: more than 16,384 events waited, and all of them were thrown away. Who keeps something that he derives from tickets
 * should read it anew; what is heard from now on happened later.
 */
public record TicketEventsMissed() implements TicketMeshEvent {}
