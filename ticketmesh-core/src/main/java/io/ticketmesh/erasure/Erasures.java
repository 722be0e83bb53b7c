package io.ticketmesh.erasure;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.cluster.Acknowledgement;
import io.ticketmesh.cluster.MemberStatus;
import io.ticketmesh.node.BookEntry;
import io.ticketmesh.node.Books;
import io.ticketmesh.node.Node;
import io.ticketmesh.node.OverloadedException;
import io.ticketmesh.node.TicketService;
import io.ticketmesh.replica.Outcome;
import io.ticketmesh.replica.Proposal;
import io.ticketmesh.ticket.GoneTicketException;
import io.ticketmesh.ticket.PageCursor;
import io.ticketmesh.ticket.SortKey;
import io.ticketmesh.ticket.Texts;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketFilter;
import io.ticketmesh.ticket.TicketPage;
import io.ticketmesh.ticket.TicketQuery;
import io.ticketmesh.ticket.UnknownTicketException;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.WriteEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes away what a person wrote, and his name, on all nodes. Thread-safe.
 *
 * <p>The tickets that he created or reported lose title, description and custom fields, or are purged; all comments that he wrote lose
 * their text; as reporter, assignee and watcher a pseudonym takes his place; and wherever his name stands in what cannot be changed any more, as in
 * the history, the pseudonym is shown. It is written by ordinary operations, so it beats what is written at the same time elsewhere, and reaches nodes
 * that are away when they are back.
 *
 * <p>What others wrote about him stays, and so does what a node that is away holds and no other node knows of yet: erase again when all have
 * confirmed. In the log files on disk the texts stay, although nothing reads them aloud.
 */
public final class Erasures implements AutoCloseable {
    /** The most erasures that wait for the one under way. */
    public static final int MAX_WAITING = 16;

    /** The most erasures that {@link #latest} tells. */
    public static final int MAX_LATEST = 100;

    private static final Logger LOG = LoggerFactory.getLogger(Erasures.class);
    /** How many erasures are kept, each with a version of the mesh. */
    static final int MAX_KEPT = 200;

    private static final int PAGE = TicketQuery.MAX_LIMIT;
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final long CLOSE_MILLIS = 1_000;

    private final Node node;
    private final TicketService tickets;
    private final Books books;
    private final ThreadPoolExecutor thread =
            new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING), Erasures::thread);

    public Erasures(Node node, TicketService tickets) {
        this.node = node;
        this.tickets = tickets;
        this.books = new Books(node);
        thread.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "ticketmesh-erasure");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Begins to erase a person; done again it takes away what came meanwhile.
     *
     * @param person the name under which he is an actor, exactly
     * @param by who wants it
     * @return what was begun, whose future completes when all that is found here was taken away, or exceptionally when the node takes no
     *     writes; {@link #find} tells who else has carried it out
     * @throws io.ticketmesh.ticket.InvalidChangeException when a name is blank or too long
     * @throws OverloadedException when too many erasures wait
     */
    public Running erase(String person, ErasureMode mode, String by) {
        String name = Texts.line("person", person, Proposal.MAX_ACTOR_CHARS);
        Erasure begun = new Erasure(
                tickets.newTicketId().toString(),
                mode,
                tickets.names().pseudonymOf(name),
                Texts.line("actor", by, Proposal.MAX_ACTOR_CHARS),
                Instant.ofEpochMilli(tickets.nowMillis()),
                false,
                0,
                0,
                0,
                VersionVector.EMPTY,
                Set.of(),
                Set.of());
        CompletableFuture<Erasure> done = new CompletableFuture<>();
        try {
            thread.execute(() -> carryOut(name, begun, done));
        } catch (RejectedExecutionException full) {
            throw new OverloadedException(MAX_WAITING);
        }
        return new Running(begun, done);
    }

    /**
     * An erasure that was begun.
     *
     * @param done completes with how it ended here
     */
    public record Running(Erasure begun, CompletableFuture<Erasure> done) {}

    /** An erasure and who has carried it out, whichever node it was begun at; empty when none is known here under that id. */
    public Optional<Erasure> find(String id) {
        return id.length() > WriteEntry.MAX_KEY_CHARS
                ? Optional.empty()
                : books.entry(ErasureEntry.BOOK, id).flatMap(ErasureEntry::read).map(this::confirmed);
    }

    /**
     * The erasures that were begun last, whichever nodes they were begun at, and who has carried them out; the newest first, at most
     * {@link #MAX_LATEST}. One that waits for the one under way is not among them yet.
     */
    public List<Erasure> latest() {
        Set<NodeId> members = members();
        List<CompletableFuture<Erasure>> asked = books.entries(ErasureEntry.BOOK).stream()
                .flatMap(entry -> ErasureEntry.read(entry).stream())
                .sorted(Comparator.comparing(Erasure::at)
                        .thenComparing(Erasure::id)
                        .reversed())
                .limit(MAX_LATEST)
                .map(erasure -> confirmed(erasure, members))
                .toList();
        return asked.stream().map(Erasures::await).toList();
    }

    private Erasure confirmed(Erasure erasure) {
        return await(confirmed(erasure, members()));
    }

    private CompletableFuture<Erasure> confirmed(Erasure known, Set<NodeId> members) {
        Erasure erasure = known.by(tickets.names().apply(known.by()));
        if (!erasure.finished()) {
            return CompletableFuture.completedFuture(erasure.heldBy(Set.of(), members));
        }
        return node.copies(erasure.made(), Acknowledgement.LOCAL, LOOK).thenApply(copies -> {
            Set<NodeId> holders = new HashSet<>(copies.holders());
            holders.retainAll(members);
            Set<NodeId> others = new HashSet<>(members);
            others.removeAll(holders);
            return erasure.heldBy(holders, others);
        });
    }

    private Set<NodeId> members() {
        Set<NodeId> members = new HashSet<>();
        node.mesh().members().stream()
                .filter(MemberStatus::active)
                .forEach(member -> members.add(member.member().node()));
        members.add(node.origin().node());
        return members;
    }

    private void carryOut(String person, Erasure begun, CompletableFuture<Erasure> done) {
        try {
            write(tickets.names().book(person), begun.by(), tickets.names().entry(person));
            note(begun);
            forgetViews(person, begun.by());
            Erasure ended = takeAway(person, begun).finishedWith(tickets.version());
            write(ErasureEntry.BOOK, begun.by(), ErasureEntry.of(ended, node.origin()));
            LOG.info("Erasure {} took away what was found here", ended.id());
            done.complete(confirmed(ended));
        } catch (RuntimeException failed) {
            LOG.warn("Erasure {} is not finished; do it again", begun.id(), failed);
            done.completeExceptionally(failed);
        }
    }

    /** Writes that it was begun; the oldest make room. */
    private void note(Erasure begun) {
        List<BookEntry> kept = books.entries(ErasureEntry.BOOK);
        List<WriteEntry> entries = kept.stream()
                .sorted(Comparator.comparing(BookEntry::written))
                .limit(Math.max(0, kept.size() + 1 - MAX_KEPT))
                .map(oldest -> new WriteEntry(oldest.key(), null))
                .collect(Collectors.toCollection(ArrayList::new));
        entries.add(ErasureEntry.of(begun, node.origin()));
        write(ErasureEntry.BOOK, begun.by(), entries);
    }

    /** What he kept for himself. */
    private void forgetViews(String person, String by) {
        String book = Books.viewsOf(person);
        List<WriteEntry> removals = books.entries(book).stream()
                .map(view -> new WriteEntry(view.key(), null))
                .toList();
        if (!removals.isEmpty()) {
            write(book, by, removals);
        }
    }

    private void write(String book, String by, WriteEntry entry) {
        write(book, by, List.of(entry));
    }

    private void write(String book, String by, List<WriteEntry> entries) {
        Outcome outcome = await(books.write(book, by, entries, Set.of()));
        if (outcome instanceof Outcome.Refused refused) {
            throw refused.reason();
        }
    }

    /** From the oldest ticket on, so that those which are written meanwhile come last. */
    private Erasure takeAway(String person, Erasure begun) {
        Erasure counted = begun;
        TicketQuery query = new TicketQuery(
                TicketFilter.EVERYTHING, List.of(new SortKey(SortKey.By.CREATED, false)), PAGE, null, true, false);
        PageCursor next = null;
        do {
            TicketPage page = node.reader().page(next == null ? query : query.at(next));
            for (Ticket ticket : page.tickets()) {
                counted = takeAway(person, ticket, counted);
            }
            next = page.next();
        } while (next != null);
        return counted;
    }

    private Erasure takeAway(String person, Ticket ticket, Erasure counted) {
        PersonalTraces traces = PersonalTraces.of(
                person,
                counted.pseudonym(),
                counted.mode(),
                ticket,
                comment -> tickets.isRedacted(ticket.id(), comment));
        if (traces.isNothing()) {
            return counted;
        }
        boolean texts = propose(ticket, counted.by(), traces.texts());
        boolean names = propose(ticket, counted.by(), traces.names());
        return counted.counting(
                counted.tickets() + (texts && traces.ofTicket() ? 1 : 0),
                counted.comments() + (texts ? traces.comments() : 0),
                counted.names() + (names ? 1 : 0));
    }

    /** Whether anything was changed. */
    private boolean propose(Ticket ticket, String by, List<Change> changes) {
        if (changes.isEmpty()) {
            return false;
        }
        Outcome outcome = await(tickets.propose(Proposal.of(ticket.id(), by, changes)));
        if (outcome instanceof Outcome.Refused refused) {
            boolean gone = refused.reason() instanceof GoneTicketException
                    || refused.reason() instanceof UnknownTicketException;
            if (!gone) {
                throw refused.reason();
            }
            return false;
        }
        return outcome instanceof Outcome.Accepted;
    }

    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException reason ? reason : new IllegalStateException(failed);
        } catch (TimeoutException late) {
            throw new IllegalStateException("There was no answer within " + ANSWER, late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The node is closing", interrupted);
        }
    }

    /** Stops what is under way within a second; done again it goes on. */
    @Override
    public void close() {
        thread.shutdownNow();
        try {
            boolean unused = thread.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
