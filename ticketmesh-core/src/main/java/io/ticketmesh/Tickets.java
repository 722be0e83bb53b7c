package io.ticketmesh;

import io.ticketmesh.attachment.Attachments;
import io.ticketmesh.attachment.StoredBytes;
import io.ticketmesh.cluster.Acknowledgement;
import io.ticketmesh.cluster.Copies;
import io.ticketmesh.definition.CannedReply;
import io.ticketmesh.node.NotAcknowledgedException;
import io.ticketmesh.node.SimilarTickets;
import io.ticketmesh.node.SimilarTickets.SimilarTicket;
import io.ticketmesh.node.TicketList;
import io.ticketmesh.node.TicketService;
import io.ticketmesh.node.UnansweredException;
import io.ticketmesh.oplog.AsOf;
import io.ticketmesh.oplog.HistoryEntry;
import io.ticketmesh.replica.Outcome;
import io.ticketmesh.replica.Proposal;
import io.ticketmesh.ticket.Attachment;
import io.ticketmesh.ticket.AttachmentId;
import io.ticketmesh.ticket.AttachmentView;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.CommentView;
import io.ticketmesh.ticket.Conflict;
import io.ticketmesh.ticket.Highlight;
import io.ticketmesh.ticket.LinkType;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketCounts;
import io.ticketmesh.ticket.TicketFilter;
import io.ticketmesh.ticket.TicketFlow;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.TicketQuery;
import io.ticketmesh.ticket.TicketView;
import io.ticketmesh.ticket.UnknownTicketException;
import io.ticketmesh.ticket.change.AddAttachment;
import io.ticketmesh.ticket.change.AddComment;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.CreateTicket;
import io.ticketmesh.ticket.change.DeleteTicket;
import io.ticketmesh.ticket.change.EditComment;
import io.ticketmesh.ticket.change.MergeInto;
import io.ticketmesh.ticket.change.PurgeTicket;
import io.ticketmesh.ticket.change.RedactComment;
import io.ticketmesh.ticket.change.RemoveAttachment;
import io.ticketmesh.ticket.change.RestoreTicket;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The tickets, as one actor works with them. Reads and writes go to the local node and, unless asked to, never wait for another
 * one; a write is durable when its method returns. Thread-safe.
 *
 * <p>A {@code reference} is an id, a key with or without {@code TM-}, or an unambiguous beginning of a key of at least four
 * characters. Methods throw
 *
 * <ul>
 *   <li>{@link UnknownTicketException} when there is no such ticket or comment,
 *   <li>{@link io.ticketmesh.ticket.AmbiguousReferenceException} when a reference fits several tickets,
 *   <li>{@link io.ticketmesh.ticket.GoneTicketException} when a deleted or purged ticket would be changed,
 *   <li>{@link io.ticketmesh.ticket.InvalidChangeException} and {@link io.ticketmesh.ticket.TransitionRefusedException} when a rule
 *       would be broken,
 *   <li>{@link io.ticketmesh.node.OverloadedException} when the node has too much to do, and
 *       {@link io.ticketmesh.node.ReadOnlyException} when it takes no writes,
 *   <li>{@link UnansweredException} when the answer to a write does not come in time, or the thread is interrupted.
 * </ul>
 */
public final class Tickets {
    /** The most tickets that are changed at once. */
    public static final int MAX_BULK = 100_000;

    private final TicketService service;
    private final Attachments attachments;
    private final String actor;
    private final Duration timeout;
    private final Acknowledgement acknowledgement;
    private final Duration acknowledgementTimeout;

    Tickets(TicketService service, Attachments attachments, String actor, Duration timeout) {
        this(service, attachments, actor, timeout, Acknowledgement.LOCAL, Duration.ZERO);
    }

    private Tickets(
            TicketService service,
            Attachments attachments,
            String actor,
            Duration timeout,
            Acknowledgement acknowledgement,
            Duration acknowledgementTimeout) {
        this.service = service;
        this.attachments = attachments;
        this.actor = actor;
        this.timeout = timeout;
        this.acknowledgement = acknowledgement;
        this.acknowledgementTimeout = acknowledgementTimeout;
    }

    /**
     * The same tickets, where a write returns only when other nodes hold it on disk too.
     *
     * <p>Writes then throw {@link io.ticketmesh.node.NotAcknowledgedException} when that is not so in time: the write is kept and will
     * spread, and the exception says who holds it. One that finds the ticket as it should be waits for what made it so.
     *
     * @param wanted how many must hold it
     * @param timeout how long to wait for them, after the write was stored here
     */
    public Tickets acknowledgedBy(Acknowledgement wanted, Duration timeout) {
        return new Tickets(service, attachments, actor, this.timeout, wanted, timeout);
    }

    /** Creates a ticket of that title. */
    public TicketView create(String title) {
        return create(title, edit -> {});
    }

    /** Creates a ticket; {@code details} says the rest of it. */
    public TicketView create(String title, Consumer<TicketEdit> details) {
        return write(creation(title, details));
    }

    /** Creates a ticket without waiting; see {@link #changeAsync}. */
    public CompletionStage<TicketView> createAsync(String title, Consumer<TicketEdit> details) {
        return writeAsync(() -> creation(title, details));
    }

    private Proposal creation(String title, Consumer<TicketEdit> details) {
        List<Change> changes = new ArrayList<>();
        changes.add(new CreateTicket(title));
        changes.addAll(collect(details));
        return Proposal.of(service.newTicketId(), actor, CreateTicket.withDefaults(changes, actor));
    }

    /** The ticket, deleted or not; null when there is none. */
    public @Nullable TicketView find(String reference) {
        try {
            return service.find(service.resolve(reference)).orElse(null);
        } catch (UnknownTicketException unknown) {
            return null;
        }
    }

    /** The ticket, deleted or not. */
    public TicketView get(String reference) {
        return service.get(service.resolve(reference));
    }

    /**
     * The ticket as it was then: read-only, and without what was redacted since.
     *
     * @throws UnknownTicketException when it was not there yet, or this node does not hold as much as the point asks for
     */
    public TicketView get(String reference, AsOf point) {
        return service.get(service.resolve(reference), point);
    }

    /** Changes a ticket and returns it as it is then; unchanged when it was so already. */
    public TicketView change(String reference, Consumer<TicketEdit> edit) {
        return write(proposal(reference, collect(edit)));
    }

    /**
     * Changes all tickets that a filter lets through, each for itself: those that it finds at the beginning, whatever the changes make of
     * them.
     *
     * @param edit is called for each ticket
     * @throws io.ticketmesh.ticket.InvalidQueryException when there are more than {@link #MAX_BULK}; nothing was changed then
     */
    public BulkOutcome changeAll(TicketFilter filter, Consumer<TicketEdit> edit) {
        List<TicketId> found = service.ids(filter, MAX_BULK);
        return new BulkRun(
                        id -> marked(Proposal.of(id, actor, collect(edit))),
                        this::acknowledged,
                        answer -> await(answer, timeout.plus(acknowledgementTimeout)))
                .over(found);
    }

    /**
     * Changes a ticket without waiting. The stage completes when the change is durable, or exceptionally with what
     * {@link #change} would throw; the method itself throws nothing. What depends on the stage runs in the common pool unless it
     * is given an executor.
     */
    public CompletionStage<TicketView> changeAsync(String reference, Consumer<TicketEdit> edit) {
        return writeAsync(() -> proposal(reference, collect(edit)));
    }

    /**
     * Changes a ticket if it is in the state that {@code etag} names. Guards this node: what two sides of a partition both accept
     * shows up as a conflict.
     *
     * @throws io.ticketmesh.ticket.PreconditionFailedException when it is in another state
     */
    public TicketView changeIf(String reference, String etag, Consumer<TicketEdit> edit) {
        return write(proposal(reference, collect(edit)).expecting(Set.of(etag)));
    }

    /** Moves a ticket through its workflow. */
    public TicketView transition(String reference, Status to) {
        return change(reference, edit -> edit.status(to));
    }

    /** Moves a ticket to a done state for the given reason. */
    public TicketView transition(String reference, Status to, String resolution) {
        return change(reference, edit -> edit.status(to, resolution));
    }

    /** The states that the ticket can take next. */
    public List<Status> transitions(String reference) {
        return service.workflow().allowedFrom(get(reference).status());
    }

    /** Writes a comment that everybody sees. */
    public CommentView comment(String reference, String body) {
        return comment(reference, body, CommentKind.PUBLIC);
    }

    public CommentView comment(String reference, String body, CommentKind kind) {
        CommentId id = service.newCommentId();
        TicketView ticket = write(proposal(reference, List.of(new AddComment(id, kind, body))));
        return service.comment(ticket.id(), id, true);
    }

    /**
     * Says a canned reply, in public, and does what goes along with it, all or nothing.
     *
     * @param reply as {@link TicketMesh#replies} has it
     */
    public CommentView reply(String reference, CannedReply reply) {
        CommentId id = service.newCommentId();
        String text = reply.render(get(reference), actor);
        TicketView ticket = write(proposal(reference, reply.changes(id, CommentKind.PUBLIC, text)));
        return service.comment(ticket.id(), id, true);
    }

    /** Gives a comment another text. */
    public CommentView editComment(String reference, CommentId id, String body) {
        TicketView ticket = write(proposal(reference, List.of(new EditComment(id, body))));
        return service.comment(ticket.id(), id, true);
    }

    /** Takes the text of a comment away, for good and on every node. */
    public CommentView redactComment(String reference, CommentId id) {
        TicketView ticket = write(proposal(reference, List.of(new RedactComment(id))));
        return service.comment(ticket.id(), id, true);
    }

    /** The comments of a ticket, internal ones too, by the time at which they were written. */
    public List<CommentView> comments(String reference) {
        return service.comments(service.resolve(reference), true);
    }

    /** The comments of a ticket as they were then, internal ones too, without what was redacted since. */
    public List<CommentView> comments(String reference, AsOf point) {
        return service.comments(service.resolve(reference), point, true);
    }

    /**
     * Attaches a file under its own name.
     *
     * @throws UncheckedIOException when it cannot be read; else as {@link #attach(String, String, InputStream)}
     */
    public AttachmentView attach(String reference, Path file) {
        Path name = file.getFileName();
        try (InputStream content = Files.newInputStream(file)) {
            return attach(reference, name == null ? "" : name.toString(), content);
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + file + " cannot be read", e);
        }
    }

    /**
     * Attaches bytes, which are stored on this node as a stream before the ticket tells of them. What they are is told by their content.
     *
     * @param name of a file, 1 to 255 characters; what stands before the last slash or backslash is cut off
     * @param content at most 10 MiB, or what the options of the node allow; read to its end, and not closed
     * @throws io.ticketmesh.attachment.AttachmentTooLargeException when it has more
     * @throws io.ticketmesh.attachment.MediaTypeRefusedException when the options do not allow what it is
     * @throws io.ticketmesh.blob.NoRoomException when the disk is full
     * @throws io.ticketmesh.blob.BlobFailedException when it fails
     * @throws UncheckedIOException when {@code content} cannot be read
     */
    public AttachmentView attach(String reference, String name, InputStream content) {
        attachments.requireTakes(get(reference), name);
        AttachmentId id = attachments.newId();
        Attachment file = store(content).named(name);
        return write(proposal(reference, List.of(new AddAttachment(id, file)))).attachment(id);
    }

    private StoredBytes store(InputStream content) {
        try {
            return attachments.store(content, null);
        } catch (IOException e) {
            throw new UncheckedIOException("The content of the attachment cannot be read", e);
        }
    }

    /** What is attached to a ticket, by the time at which it was added. */
    public List<AttachmentView> attachments(String reference) {
        return get(reference).attachments();
    }

    /**
     * Reads the bytes of an attachment; they are fetched from another node when they are not here. To be closed.
     *
     * @throws io.ticketmesh.attachment.BytesAwayException when no other node sends them in time; a retry may succeed
     */
    public InputStream openAttachment(String reference, AttachmentId id) {
        return attachments.open(get(reference).attachment(id).file(), 0);
    }

    /** Takes an attachment off a ticket; does nothing when it is not there. Bytes that no ticket refers to are deleted in time. */
    public TicketView detach(String reference, AttachmentId id) {
        return write(proposal(reference, List.of(new RemoveAttachment(id))));
    }

    public TicketView tag(String reference, String tag) {
        return change(reference, edit -> edit.tag(tag));
    }

    public TicketView untag(String reference, String tag) {
        return change(reference, edit -> edit.untag(tag));
    }

    /** Links a ticket to another. */
    public TicketView link(String reference, LinkType type, String target) {
        TicketId other = service.resolve(target);
        return change(reference, edit -> edit.link(type, other));
    }

    public TicketView unlink(String reference, LinkType type, String target) {
        TicketId other = service.resolve(target);
        return change(reference, edit -> edit.unlink(type, other));
    }

    /** At most {@code max} tickets that link to this one; their links say how. */
    public List<TicketView> linkingTo(String reference, int max) {
        return service.linkingTo(service.resolve(reference), max);
    }

    /** Says that a ticket is the same matter as {@code into}, which is worked on instead. */
    public TicketView merge(String reference, String into) {
        return write(proposal(reference, List.of(new MergeInto(service.resolve(into)))));
    }

    /** Takes a merge back. */
    public TicketView unmerge(String reference) {
        return write(proposal(reference, List.of(new MergeInto(null))));
    }

    /** At most {@code max} tickets that were merged into this one. */
    public List<TicketView> mergedInto(String reference, int max) {
        return service.mergedInto(service.resolve(reference), max);
    }

    /** Hides a ticket until it is restored. */
    public TicketView delete(String reference) {
        return write(proposal(reference, List.of(new DeleteTicket())));
    }

    /** Takes a deletion back. */
    public TicketView restore(String reference) {
        return write(proposal(reference, List.of(new RestoreTicket())));
    }

    /** Removes a ticket for good, on every node. */
    public void purge(String reference) {
        Outcome outcome = carryOut(proposal(reference, List.of(new PurgeTicket())));
        if (outcome instanceof Outcome.Refused refused) {
            throw refused.reason();
        }
    }

    /** The page that {@code query} asks for. */
    public TicketList query(TicketQuery query) {
        return service.list(query);
    }

    /**
     * Where the words that a query looks for stand in a ticket: in its title, its description, and the comment in which most of them
     * stand. Nothing when the query looks for none.
     */
    public List<Highlight> highlights(TicketView ticket, TicketQuery query) {
        return service.highlights(ticket, query.filter(), query.seesInternal());
    }

    /**
     * Tickets like one that is being written, the most similar first: at most {@link SimilarTickets#DEFAULT_LIMIT} of those in which
     * something is left to do.
     */
    public List<SimilarTicket> similar(String title) {
        return similar(title, "", SimilarTickets.DEFAULT_LIMIT);
    }

    /**
     * The same with what the description says so far.
     *
     * @param description of which the first {@link SimilarTickets#MAX_DESCRIPTION_CHARS} characters count
     * @param max 1 to {@link SimilarTickets#MAX_LIMIT}
     */
    public List<SimilarTicket> similar(String title, String description, int max) {
        return service.similar(title, description, TicketFilter.EVERYTHING, true, max)
                .items();
    }

    /** What was changed in a ticket, by whom, when and on which node, from the beginning. */
    public List<HistoryEntry> history(String reference) {
        return service.history(service.resolve(reference), true);
    }

    /** The fields into which several people wrote without knowing of each other. */
    public List<Conflict> conflicts(String reference) {
        return get(reference).conflicts();
    }

    /** Settles conflicts: what {@code edit} writes stands, also where it is what won already, and the losers go. */
    public TicketView settle(String reference, Consumer<TicketEdit> edit) {
        return write(proposal(reference, collect(edit)).settling());
    }

    /** How many tickets there are, by status, priority, assignee, queue, type and age. */
    public TicketCounts counts() {
        return service.counts();
    }

    /** How many there are of what a filter lets through; takes as long as there are many. */
    public TicketCounts counts(TicketFilter filter) {
        return service.counts(filter, true);
    }

    /**
     * What came in and went out of what a filter lets through, day by day, and how long it took. Takes as long as many tickets were
     * changed since the first day.
     *
     * @param from the first day of {@code zone}
     * @param to the last one, included; at most {@link TicketFlow#MAX_DAYS} in all
     * @throws io.ticketmesh.ticket.InvalidQueryException when there are too many days, or more than {@link TicketFlow#MAX_TICKETS}
     *     tickets were changed since the first
     */
    public TicketFlow flow(TicketFilter filter, LocalDate from, LocalDate to, ZoneId zone) {
        return service.flow(filter, from, to, zone, true);
    }

    private Proposal proposal(String reference, List<Change> changes) {
        return Proposal.of(service.resolve(reference), actor, changes);
    }

    private List<Change> collect(Consumer<TicketEdit> edit) {
        TicketEdit collected = new TicketEdit(service::newCommentId);
        edit.accept(collected);
        return collected.changes();
    }

    private TicketView write(Proposal proposal) {
        return view(carryOut(proposal));
    }

    private Outcome carryOut(Proposal proposal) {
        Outcome outcome = await(service.propose(marked(proposal)), timeout);
        Duration longest = acknowledgementTimeout.plus(timeout); // the node answers in time unless it hangs
        require(await(service.copies(outcome, acknowledgement, acknowledgementTimeout), longest));
        return outcome;
    }

    private Proposal marked(Proposal proposal) {
        return acknowledgement == Acknowledgement.LOCAL ? proposal : proposal.acknowledgedByOthers();
    }

    private static void require(Copies copies) {
        if (!copies.reached()) {
            throw new NotAcknowledgedException(copies);
        }
    }

    /** Completes in the common pool, where what depends on it may wait for other writes; the replica thread could not. */
    @SuppressWarnings("FutureReturnValueIgnored") // the answer takes every outcome, and as it is, not wrapped
    private CompletionStage<TicketView> writeAsync(Supplier<Proposal> proposal) {
        CompletableFuture<TicketView> answer = new CompletableFuture<>();
        try {
            CompletableFuture<Outcome> unused = acknowledged(marked(proposal.get()))
                    .whenCompleteAsync((outcome, failure) -> {
                        try {
                            if (failure != null) {
                                answer.completeExceptionally(causeOf(failure));
                            } else {
                                answer.complete(view(outcome));
                            }
                        } catch (RuntimeException refusal) {
                            answer.completeExceptionally(refusal);
                        }
                    });
        } catch (RuntimeException refusal) {
            answer.completeExceptionally(refusal);
        }
        return answer;
    }

    private CompletableFuture<Outcome> acknowledged(Proposal proposal) {
        return service.propose(proposal)
                .thenCompose(outcome -> service.copies(outcome, acknowledgement, acknowledgementTimeout)
                        .thenApply(copies -> {
                            require(copies);
                            return outcome;
                        }));
    }

    private static Throwable causeOf(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }

    private TicketView view(Outcome outcome) {
        return service.view(ticketOf(outcome));
    }

    private Ticket ticketOf(Outcome outcome) {
        if (outcome instanceof Outcome.Accepted accepted) {
            return accepted.ticket();
        } else if (outcome instanceof Outcome.Unchanged unchanged) {
            return unchanged.ticket();
        } else if (outcome instanceof Outcome.Repeated repeated) {
            return service.viewAfter(repeated.receipt()).state();
        }
        throw ((Outcome.Refused) outcome).reason();
    }

    private static <T> T await(CompletableFuture<T> future, Duration timeout) {
        try {
            return future.get(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException reason ? reason : new IllegalStateException(failed);
        } catch (TimeoutException late) {
            throw new UnansweredException("There was no answer within " + timeout, late);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new UnansweredException("The thread was interrupted while it waited for the answer", interruption);
        }
    }
}
