package io.ticketmesh.spring.event;

import java.time.Instant;

/**
 * Something happened to a ticket by itself, because its time had come. As a rule one node of a mesh does it, and says that it is not
 * remote. Nodes that cannot see each other do it each for themselves: their events have the same {@link Act#eventId()}, and who heard one
 * of them does not hear the other when they meet again.
 */
public sealed interface TicketTimerFired extends TicketEdited
        permits TicketOverdue, TicketServiceBreached, TicketSnoozeEnded, TicketAutoClosed {
    /** The due time for which it fired; of a due date the last millisecond of that day in UTC, wherever it ends. */
    Instant due();
}
