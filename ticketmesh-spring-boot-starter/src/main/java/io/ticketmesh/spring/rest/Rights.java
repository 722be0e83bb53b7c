package io.ticketmesh.spring.rest;

import io.ticketmesh.node.TicketService;
import io.ticketmesh.replica.Proposal;
import io.ticketmesh.spring.access.TicketAction;
import io.ticketmesh.spring.access.TicketAuthorizer;
import io.ticketmesh.spring.access.TicketCaller;
import io.ticketmesh.ticket.AttachmentId;
import io.ticketmesh.ticket.CommentHead;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.Criterion;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketFilter;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.TicketView;
import io.ticketmesh.ticket.UnknownTicketException;
import io.ticketmesh.ticket.change.AddAttachment;
import io.ticketmesh.ticket.change.AddComment;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.CommentChange;
import io.ticketmesh.ticket.change.CreateTicket;
import io.ticketmesh.ticket.change.DeleteTicket;
import io.ticketmesh.ticket.change.MergeInto;
import io.ticketmesh.ticket.change.PurgeTicket;
import io.ticketmesh.ticket.change.RedactTicket;
import io.ticketmesh.ticket.change.RemoveAttachment;
import io.ticketmesh.ticket.change.RestoreTicket;
import io.ticketmesh.ticket.change.SetStatus;
import java.util.List;

/**
 * What the caller of one request may do, and which tickets there are for him: the one place that asks the authorizer. What he may not
 * read does not exist for him and is answered like what nobody knows; what he may read and not do is 403.
 *
 * <p>Thread-safe once a request made it; readers of events keep it for as long as they listen.
 */
final class Rights {
    private final TicketService service;
    private final TicketAuthorizer authorizer;
    private final TicketCaller caller;
    private final TicketFilter scope;
    private final boolean seesInternal;

    /** A proposal that its author may make. */
    record Permitted(Proposal proposal) {}

    Rights(TicketService service, TicketAuthorizer authorizer, TicketCaller caller) {
        this.service = service;
        this.authorizer = authorizer;
        this.caller = caller;
        TicketFilter told = authorizer.scope(caller);
        scope = told == null ? TicketFilter.EVERYTHING.and(judged()) : told;
        seesInternal = authorizer.permits(caller, TicketAction.READ_INTERNAL, null);
    }

    private Criterion judged() {
        return new Criterion.Judged(
                "what " + caller.name() + " may read",
                ticket -> authorizer.permits(caller, TicketAction.READ, service.view(ticket)));
    }

    boolean seesInternal() {
        return seesInternal;
    }

    /** Whether there are all tickets for him, and those that were purged. */
    boolean seesAll() {
        return scope.criteria().isEmpty();
    }

    boolean sees(Ticket ticket) {
        return scope.matches(ticket, () -> texts(ticket.id()));
    }

    /** Of what a filter lets through, what there is for him. */
    TicketFilter within(TicketFilter filter) {
        return seesAll() ? filter : filter.and(scope);
    }

    /** The texts of the comments that he may see; none when the ticket is gone meanwhile. */
    List<String> texts(TicketId ticket) {
        return service.texts(ticket, seesInternal);
    }

    /**
     * @throws ProblemException when he may do it on no ticket at all
     */
    void require(TicketAction action) {
        if (!may(action)) {
            throw denied(action, "This caller may not '" + action.label() + "'");
        }
    }

    private static ProblemException denied(TicketAction action, String detail) {
        return Problem.of(ProblemKind.ACCESS_DENIED, detail)
                .with("action", action.label())
                .exception();
    }

    /** Whether he may do it at all, on some ticket if it is done to tickets. */
    boolean may(TicketAction action) {
        return authorizer.permits(caller, action, null);
    }

    boolean permits(TicketAction action, TicketView ticket) {
        return authorizer.permits(caller, action, ticket);
    }

    /**
     * The ticket that a reference means, of those that there are for him.
     *
     * @throws ProblemException when he may read none at all
     */
    TicketId resolve(String reference) {
        require(TicketAction.READ);
        return seesAll() ? service.resolve(reference) : service.resolve(reference, this::sees);
    }

    /**
     * The proposal, if he may do all that it changes. Whom it mentions becomes a watcher only if he may choose watchers, for who watches
     * a ticket may see it.
     *
     * @throws UnknownTicketException when its ticket does not exist for him
     * @throws ProblemException when he may not do it
     */
    Permitted permitted(Proposal proposal) {
        return new Permitted(authorizer == TicketAuthorizer.UNRESTRICTED ? proposal : checked(proposal));
    }

    /**
     * Goes on only when he may attach something to that ticket, for those who ask before there is something.
     *
     * @throws UnknownTicketException when the ticket does not exist for him
     * @throws ProblemException when he may not do it
     */
    void requireAttaching(TicketId ticket) {
        if (authorizer != TicketAuthorizer.UNRESTRICTED) {
            require(TicketAction.COMMENT, seen(ticket));
        }
    }

    private Proposal checked(Proposal proposal) {
        if (proposal.changes().stream().anyMatch(CreateTicket.class::isInstance)) {
            require(TicketAction.CREATE);
            return proposal;
        }
        TicketView ticket = seen(proposal.ticket());
        if (proposal.changes().isEmpty()) {
            require(TicketAction.UPDATE, ticket);
        }
        for (Change change : proposal.changes()) {
            require(actionOf(change, ticket), ticket);
            TicketId into = change instanceof MergeInto merge ? merge.target() : null;
            if (into != null) {
                require(TicketAction.MERGE, seen(into));
            }
        }
        return permits(TicketAction.UPDATE, ticket) ? proposal : proposal.mentioningNobody();
    }

    private void require(TicketAction action, TicketView ticket) {
        if (!permits(action, ticket)) {
            throw denied(action, "This caller may not '" + action.label() + "' on ticket " + ticket.key());
        }
    }

    private TicketView seen(TicketId id) {
        if (seesAll()) {
            return service.get(id);
        }
        return service.find(id)
                .filter(ticket -> sees(ticket.state()))
                .orElseThrow(() -> new UnknownTicketException("ticket " + id));
    }

    private TicketAction actionOf(Change change, TicketView ticket) {
        if (change instanceof SetStatus) {
            return TicketAction.TRANSITION;
        } else if (change instanceof AddComment added) {
            return commenting(added.kind());
        } else if (change instanceof CommentChange other) {
            CommentHead head = ticket.state().comments().get(other.id()).orElse(null);
            return head != null && isOwn(head.author()) ? commenting(head.kind()) : TicketAction.MODERATE;
        } else if (change instanceof AddAttachment) {
            return TicketAction.COMMENT;
        } else if (change instanceof RemoveAttachment removed) {
            return removing(removed.id(), ticket);
        } else if (change instanceof MergeInto) {
            return TicketAction.MERGE;
        } else if (change instanceof PurgeTicket) {
            return TicketAction.PURGE;
        } else if (change instanceof RedactTicket) {
            return TicketAction.ERASE;
        }
        boolean deletes = change instanceof DeleteTicket || change instanceof RestoreTicket;
        return deletes ? TicketAction.DELETE : TicketAction.UPDATE;
    }

    /** Attachments are said like public comments; what somebody else added is for moderators. */
    private TicketAction removing(AttachmentId id, TicketView ticket) {
        boolean others = ticket.attachments().stream()
                .anyMatch(attachment -> attachment.id().equals(id) && !isOwn(attachment.addedBy()));
        return others ? TicketAction.MODERATE : TicketAction.COMMENT;
    }

    private static TicketAction commenting(CommentKind kind) {
        return kind == CommentKind.INTERNAL ? TicketAction.COMMENT_INTERNALLY : TicketAction.COMMENT;
    }

    /** What somebody wrote whom nobody knew may be anybody's. */
    private boolean isOwn(String author) {
        return caller.isAuthenticated() && author.equals(caller.name());
    }
}
