package io.ticketmesh.spring.access;

import java.util.Locale;

/**
 * What somebody can do by REST. More may come; whoever judges them refuses what he does not know. Names are for ever: clients compare
 * them.
 */
public enum TicketAction {
    /** See a ticket with its public comments, its history and what happens to it; look for it, count it, export it. */
    READ,
    /** See internal comments too, and whatever tells of them, in all tickets that one sees. Asked without a ticket. */
    READ_INTERNAL,
    /** Make a new ticket. Asked without a ticket. */
    CREATE,
    /** Change fields, tags, watchers and links, and settle conflicts. */
    UPDATE,
    /** Go to another state of the workflow. */
    TRANSITION,
    /** Write public comments, and change or redact one's own. */
    COMMENT,
    /** Write internal comments, and change or redact one's own. */
    COMMENT_INTERNALLY,
    /** Change or redact comments of others. */
    MODERATE,
    /** Say that it is the same matter as another ticket, or not any more. Asked for both tickets. */
    MERGE,
    /** Hide and restore. */
    DELETE,
    /** Remove for good. */
    PURGE,
    /** Report incidents, which make tickets, count in them and open them again. Asked without a ticket. */
    REPORT_INCIDENT,
    /** Load tickets from a stream, whatever they are like. Asked without a ticket. */
    IMPORT,
    /** Take away on all nodes what somebody wrote, and his name. Asked without a ticket. */
    ERASE,
    /** Copy all that the node holds out of it, and into it. Asked without a ticket. */
    BUNDLE,
    /** Write what all share: saved views and canned replies. Asked without a ticket. */
    ARRANGE,
    /** See and change which other systems are told what happens, to all tickets. Asked without a ticket. */
    MANAGE_WEBHOOKS,
    /** See how the mesh is. Asked without a ticket. */
    OBSERVE,
    /** Take members out of the mesh. Asked without a ticket. */
    OPERATE;

    /** Like {@code read-internal}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
