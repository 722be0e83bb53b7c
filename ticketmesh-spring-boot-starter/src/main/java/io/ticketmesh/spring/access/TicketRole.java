package io.ticketmesh.spring.access;

import static io.ticketmesh.spring.access.TicketAction.COMMENT;
import static io.ticketmesh.spring.access.TicketAction.CREATE;
import static io.ticketmesh.spring.access.TicketAction.READ;

/** What somebody is at the help desk. Who has several roles may do what any of them may. */
public enum TicketRole {
    /** Sees all tickets, without internal comments. */
    READER,
    /**
     * Sees the tickets that he created, reported or watches, without internal comments, and writes new ones and public comments. Somebody
     * whom nobody authenticated has no tickets of his own.
     */
    REPORTER,
    /** Works on all tickets, with internal comments, and sees how the mesh is. */
    AGENT,
    /** Does everything: what an agent does, removing for good, import, bundles, erasing people, webhooks, and taking members out of the mesh. */
    ADMIN;

    /** Whether the role may do it; a reporter only to his own tickets. */
    public boolean may(TicketAction action) {
        return switch (this) {
            case READER -> action == READ;
            case REPORTER -> action == READ || action == CREATE || action == COMMENT;
            case AGENT ->
                switch (action) {
                    case PURGE, IMPORT, ERASE, BUNDLE, MANAGE_WEBHOOKS, OPERATE -> false;
                    default -> true;
                };
            case ADMIN -> true;
        };
    }
}
