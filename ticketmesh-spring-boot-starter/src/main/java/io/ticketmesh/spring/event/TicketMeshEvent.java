package io.ticketmesh.spring.event;

/** All that the node publishes as an event of the application. */
public sealed interface TicketMeshEvent permits TicketEvent, TicketEventsMissed {}
