package io.ticketmesh.spring.event;

import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.TicketKey;

/**
 * Something happened to a ticket, and the store of this node shows it. Immutable.
 *
 * <pre>{@code
 * @EventListener(condition = "!#event.remote")
 * void created(TicketCreated event) {
 *     mail.send(event.ticket().reporter(), "We have your request " + event.key());
 * }
 * }</pre>
 *
 * <p>Every node of a mesh publishes every event, in the order in which it applied the changes; one that accepted a change itself says that it
 * is not remote. So who acts on events that are not remote acts once for each change in the whole mesh. Events are published after the commit, on
 * one thread that belongs to them, one at a time: listeners may wait, read and write, and hold up only each other; {@code @Async} ones nobody.
 * What a listener throws is logged, and keeps that event from the listeners behind it, as everywhere in Spring.
 *
 * <p>An event is told at most once: not before the application has started nor after it has stopped, and not after a crash. What must not
 * be missed is read from {@code GET /tickets/changes}, which goes on where somebody stopped.
 */
public sealed interface TicketEvent extends TicketMeshEvent permits TicketEdited, TicketAdopted, TicketPurged {
    TicketId ticketId();

    /** Whether another node accepted the change. */
    boolean isRemote();

    default TicketKey key() {
        return ticketId().key();
    }
}
