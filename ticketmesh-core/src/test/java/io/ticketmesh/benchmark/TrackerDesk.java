package io.ticketmesh.benchmark;

import io.ticketmesh.TicketEdit;
import io.ticketmesh.TicketMesh;
import io.ticketmesh.Tickets;
import io.ticketmesh.node.TicketList;
import io.ticketmesh.search.Scan;
import io.ticketmesh.search.TrackerTickets;
import io.ticketmesh.ticket.CommentView;
import io.ticketmesh.ticket.PageCursor;
import io.ticketmesh.ticket.Priority;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.TicketQuery;
import io.ticketmesh.ticket.TicketView;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/** A node that is asked, with tickets made of a real issue tracker. Thread-safe. */
final class TrackerDesk implements AutoCloseable {
    /** How many creates may be under way when nobody waits for each. */
    private static final int WINDOW = 1_024;

    private static final int PROGRESS_EVERY = 50_000;

    private final TicketMesh mesh;
    private final Tickets tickets;
    private final TrackerTickets texts;
    private final AtomicLong count;

    TrackerDesk(Path home, TrackerTickets texts) {
        mesh = TicketMesh.open(home);
        tickets = mesh.tickets("benchmark");
        this.texts = texts;
        count = new AtomicLong(tickets.counts().living());
    }

    long count() {
        return count.get();
    }

    /** Writes tickets until there are so many; those with two comments get the second one later. */
    void fill(long size, LongConsumer progress) throws InterruptedException {
        Semaphore window = new Semaphore(WINDOW);
        while (count.get() < size) {
            long number = count.getAndIncrement();
            window.acquire();
            create(number).whenComplete((ticket, failure) -> window.release());
            if (number % PROGRESS_EVERY == 0) {
                progress.accept(number);
            }
        }
        window.acquire(WINDOW);
    }

    private CompletionStage<?> create(long number) {
        TrackerTickets.Draft draft = texts.draft(number);
        CompletionStage<TicketView> created = tickets.createAsync(draft.title(), edit -> describe(number, draft, edit));
        if (draft.comments().size() < 2) {
            return created;
        }
        return created.thenCompose(ticket -> tickets.changeAsync(
                ticket.id().toString(), edit -> edit.comment(draft.comments().get(1))));
    }

    private static void describe(long number, TrackerTickets.Draft draft, TicketEdit edit) {
        edit.description(draft.description()).priority(Priority.ALL.get((int) (number % 4)));
        draft.tags().forEach(edit::tag);
        if (number % 3 > 0) {
            edit.assignee("person-" + number % 50);
        }
        if (number % 2 == 0) {
            edit.status(Status.OPEN);
        }
        draft.comments().stream().limit(1).forEach(edit::comment);
    }

    /** Writes one ticket after the other. */
    void write(AtomicBoolean over, long pauseNanos) {
        long next = System.nanoTime();
        while (!over.get()) {
            create(count.getAndIncrement()).toCompletableFuture().join();
            next += pauseNanos;
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    /** Whether the newest writes could be looked through too. */
    boolean ask(TicketQuery query) {
        return tickets.query(query).complete();
    }

    void askHighlighted(TicketQuery query) {
        for (TicketView ticket : tickets.query(query).items()) {
            if (tickets.highlights(ticket, query).isEmpty()) {
                throw new IllegalStateException("nothing to show of " + ticket.key());
            }
        }
    }

    void similar(String title, String description) {
        tickets.similar(title, description, 5);
    }

    /** Holds all tickets against all questions. */
    void scan(Scan scan, LongConsumer progress) {
        TicketQuery query = TicketQuery.newest(TicketQuery.MAX_LIMIT);
        long seen = 0;
        PageCursor next;
        do {
            TicketList page = tickets.query(query);
            for (TicketView ticket : page.items()) {
                List<String> comments = ticket.commentCount(true) == 0
                        ? List.of()
                        : mesh.service().comments(ticket.id(), true).stream()
                                .map(CommentView::body)
                                .toList();
                scan.look(ticket.state(), comments);
                if (++seen % PROGRESS_EVERY == 0) {
                    progress.accept(seen);
                }
            }
            next = page.next();
            query = query.at(next);
        } while (next != null);
    }

    boolean agrees(TicketQuery query, long total, List<TicketId> firstPage) {
        TicketList found = tickets.query(query);
        return found.complete()
                && Long.valueOf(total).equals(found.total())
                && found.items().stream().map(TicketView::id).toList().equals(firstPage);
    }

    @Override
    public void close() {
        mesh.close();
    }
}
