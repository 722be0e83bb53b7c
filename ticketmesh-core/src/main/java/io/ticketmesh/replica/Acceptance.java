package io.ticketmesh.replica;

import io.ticketmesh.causality.Bytes;
import io.ticketmesh.causality.HybridClock;
import io.ticketmesh.causality.HybridTimestamp;
import io.ticketmesh.causality.OperationId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.crdt.Stamp;
import io.ticketmesh.crdt.Trace;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.oplog.Receipt;
import io.ticketmesh.oplog.RequestKey;
import io.ticketmesh.oplog.RequestReusedException;
import io.ticketmesh.store.DamagedStoreException;
import io.ticketmesh.store.Staging;
import io.ticketmesh.store.StoreFailedException;
import io.ticketmesh.store.TicketReader;
import io.ticketmesh.ticket.Book;
import io.ticketmesh.ticket.Comment;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.GoneTicketException;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.PreconditionFailedException;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.UnknownTicketException;
import io.ticketmesh.ticket.Workflow;
import io.ticketmesh.ticket.change.AddComment;
import io.ticketmesh.ticket.change.AddWatcher;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.CommentChange;
import io.ticketmesh.ticket.change.CreateTicket;
import io.ticketmesh.ticket.change.DeleteTicket;
import io.ticketmesh.ticket.change.PurgeTicket;
import io.ticketmesh.ticket.change.RedactComment;
import io.ticketmesh.ticket.change.RedactTicket;
import io.ticketmesh.ticket.change.RestoreTicket;
import io.ticketmesh.ticket.change.WriteEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns what users want into operations, or says why not: the only place where rules are enforced. Sees the effects of the
 * proposals before it in the same commit.
 */
final class Acceptance {
    private final TicketReader reader;
    private final Staging staging;
    private final Workflow workflow;
    private final HybridClock clock;
    private final Discipline discipline;
    private final OperationLimit limit;
    private final List<Receipt> receipts = new ArrayList<>();

    Acceptance(
            TicketReader reader,
            Staging staging,
            Workflow workflow,
            HybridClock clock,
            Discipline discipline,
            OperationLimit limit) {
        this.reader = reader;
        this.staging = staging;
        this.workflow = workflow;
        this.clock = clock;
        this.discipline = discipline;
        this.limit = limit;
    }

    /**
     * What becomes of the proposal; an accepted one is staged under {@code id}. Whatever goes wrong with a proposal refuses that one
     * alone, because nothing is staged before all of it was tried; only a store that fails is everybody's matter.
     */
    Outcome accept(Proposal proposal, OperationId id) {
        Draft draft;
        try {
            Optional<Receipt> receipt = receiptOf(proposal.request());
            if (receipt.isPresent()) {
                return repeated(proposal, receipt.get());
            }
            draft = draft(proposal, id);
        } catch (StoreFailedException | DamagedStoreException broken) {
            throw broken;
        } catch (RuntimeException refusal) {
            return new Outcome.Refused(refusal);
        }
        return draft.effective.isEmpty() ? new Outcome.Unchanged(draft.ticket) : stage(proposal, draft, id);
    }

    private Optional<Receipt> receiptOf(@Nullable RequestKey request) {
        if (request == null) {
            return Optional.empty();
        }
        Optional<Receipt> fresh = receipts.stream()
                .filter(receipt -> receipt.key().isSameRequest(request))
                .findFirst();
        long forgotten = clock.wallMillis() - RequestKey.KEPT_MILLIS;
        return fresh.or(() -> reader.receipt(request).filter(receipt -> receipt.atMillis() >= forgotten));
    }

    private static Outcome repeated(Proposal proposal, Receipt receipt) {
        RequestKey request = proposal.request();
        if (request != null && request.body() != receipt.key().body()) {
            throw new RequestReusedException();
        }
        return new Outcome.Repeated(receipt);
    }

    /** The proposal as tried on its ticket; nothing is staged yet. */
    private Draft draft(Proposal proposal, OperationId id) {
        TicketId ticketId = proposal.ticket();
        if (staging.tombstone(ticketId).isPresent()) {
            throw new GoneTicketException(ticketId, true);
        }
        Ticket ticket = staging.ticket(ticketId);
        requireExpected(proposal, ticket);
        HybridTimestamp time = discipline.time(clock, ticket);
        Long stated = proposal.atMillis();
        long shown = Math.min(time.millis(), clock.now().millis()); // not the time of a clock far ahead
        Trace trace = new Trace(time, id, proposal.actor(), stated == null ? shown : stated);
        Draft draft = new Draft(ticket, new Stamp(trace, ticket.seen()), proposal);
        proposal.changes().forEach(draft::change);
        if (!draft.effective.isEmpty() && !onlyBuries(proposal)) {
            limit.check(draft.operation(proposal), ticket, draft.after());
        }
        return draft;
    }

    private Outcome stage(Proposal proposal, Draft draft, OperationId id) {
        Operation operation = draft.operation(proposal);
        staging.apply(operation, before -> discipline.applyOwn(operation, before, draft.after()));
        if (proposal.request() != null) {
            receipts.add(new Receipt(
                    proposal.request(), id, proposal.ticket(), operation.time().millis()));
        }
        return new Outcome.Accepted(operation, staging.ticket(proposal.ticket()));
    }

    private static void requireExpected(Proposal proposal, Ticket ticket) {
        boolean book = Book.isBook(ticket.id());
        boolean creates = false;
        for (Change change : proposal.changes()) {
            if (change instanceof WriteEntry != book) {
                throw new InvalidChangeException(
                        "id", "reserved", book ? "belongs to a book of the mesh" : "does not belong to a book", null);
            }
            creates |= change instanceof CreateTicket;
        }
        if (!ticket.isBorn() && !creates && !book) {
            throw new UnknownTicketException("ticket " + ticket.id());
        }
        if (!proposal.expected().isEmpty() && !proposal.expected().contains(ticket.etag())) {
            throw new PreconditionFailedException(ticket.id(), ticket.etag());
        }
        if (ticket.isDeleted() && !onlyBuries(proposal) && !onlyRedacts(proposal)) {
            throw new GoneTicketException(ticket.id(), false);
        }
    }

    /** What is deleted may hold what must not be kept. */
    private static boolean onlyRedacts(Proposal proposal) {
        return !proposal.changes().isEmpty()
                && proposal.changes().stream()
                        .allMatch(change -> change instanceof RedactComment || change instanceof RedactTicket);
    }

    private static boolean onlyBuries(Proposal proposal) {
        return proposal.changes().stream()
                .allMatch(change -> change instanceof DeleteTicket
                        || change instanceof RestoreTicket
                        || change instanceof PurgeTicket);
    }

    /** A ticket and its comments while the changes of one proposal are tried on them. */
    private final class Draft {
        private final List<Change> effective = new ArrayList<>();
        private final Map<CommentId, Comment> comments = new HashMap<>();
        private final Stamp stamp;
        private final boolean settles;
        private final boolean recorded;
        private final boolean mentions;
        private Ticket ticket;

        private Draft(Ticket ticket, Stamp stamp, Proposal proposal) {
            this.ticket = ticket;
            this.stamp = stamp;
            this.settles = proposal.settles();
            this.recorded = proposal.atMillis() != null;
            this.mentions = proposal.mentions();
        }

        private Operation operation(Proposal proposal) {
            Trace trace = stamp.trace();
            return new Operation(
                    trace.operation(),
                    trace.time(),
                    trace.atMillis(),
                    trace.actor(),
                    proposal.ticket(),
                    stamp.seen(),
                    proposal.request(),
                    effective,
                    Bytes.EMPTY);
        }

        /** The ticket that the operation leaves. */
        private Ticket after() {
            return ticket.touchedBy(stamp);
        }

        private void change(Change wanted) {
            if (recorded) {
                wanted.checkRecorded(ticket, workflow);
            } else {
                wanted.check(ticket, workflow);
            }
            wanted.references().forEach(this::requireKnown);
            Change change = wanted.completed(ticket, workflow);
            if (change instanceof CommentChange commentChange) {
                changeComment(commentChange);
            } else if (change.affects(ticket) || settles) {
                apply(change);
            }
        }

        private void apply(Change change) {
            List<Change> consequences = recorded
                    ? List.of()
                    : change.consequences(ticket, stamp.trace().actor(), workflow);
            ticket = change.applyTo(ticket, stamp);
            effective.add(change);
            for (Change consequence : consequences) {
                if (mentions || !(consequence instanceof AddWatcher)) {
                    change(consequence);
                }
            }
        }

        private void changeComment(CommentChange change) {
            boolean exists = ticket.comments().get(change.id()).isPresent();
            if (!exists && !(change instanceof AddComment)) {
                throw new UnknownTicketException("comment " + change.id());
            }
            Comment comment = comments.computeIfAbsent(change.id(), id -> staging.comment(ticket.id(), id));
            change.check(comment);
            if (change.affects(comment) || settles) {
                comments.put(change.id(), change.applyTo(comment, stamp));
                apply(change);
            }
        }

        private void requireKnown(TicketId other) {
            if (!staging.ticket(other).isBorn()) {
                throw new InvalidChangeException(
                        "target", "unknown-ticket", "names ticket " + other + ", which is unknown here", null);
            }
        }
    }

    /** The id of the next operation of {@code origin} as staged. */
    OperationId nextId(Origin origin) {
        return new OperationId(origin, staging.version().get(origin) + 1);
    }
}
