package io.ticketmesh.timer;

import io.ticketmesh.store.ChangedTickets;
import io.ticketmesh.store.ReplicaReader;
import io.ticketmesh.ticket.Criterion;
import io.ticketmesh.ticket.PageCursor;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.StatusCategory;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketFilter;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.TicketPage;
import io.ticketmesh.ticket.TicketQuery;
import io.ticketmesh.ticket.TicketView;
import io.ticketmesh.ticket.TimeRules;
import io.ticketmesh.ticket.Workflow;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows which timers of all tickets come next, and which are to be fired now. At the beginning, when more are armed than it keeps,
 * and when the clock is set back, it goes through all tickets that are not done, a page at a time; besides it follows what changes.
 * Time, and how the mesh is, are told to it. For one thread.
 */
final class Timekeeper {
    /** So many tickets are kept, the next ones. Each takes some 200 bytes. */
    static final int CAPACITY = 50_000;

    /** A firing that came to nothing is tried again after so long; and all tickets are gone through not more often than that. */
    static final long RETRY_MILLIS = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(Timekeeper.class);

    /** Log entries looked at in one step. */
    private static final int STEP = 512;

    private final ReplicaReader reader;
    private final Workflow workflow;
    private final TimeRules rules;
    private final TicketTimers timers;
    private final Agenda agenda;
    private final TicketQuery unfinished;

    /** Up to where changes were followed. */
    private long position;

    /**
     * Since when this node may fire; null while it lacks what others hold. What came due before has its turn counted from then, so that
     * nodes that come up together do not all fire it.
     */
    private @Nullable Long readyMillis;

    /** When it looked last, and when all tickets were gone through last; by the clock as it was then. */
    private long lookedMillis;

    private long wentMillis;

    /** What is gone through next; null when that is done. */
    private @Nullable TicketQuery pending;

    Timekeeper(ReplicaReader reader, Workflow workflow, TimeRules rules, int capacity) {
        this.reader = reader;
        this.workflow = workflow;
        this.rules = rules;
        timers = new TicketTimers(workflow, rules);
        agenda = new Agenda(capacity);
        unfinished = TicketQuery.of(
                new TicketFilter(List.of(new Criterion.Deleted(true), armable())), TicketQuery.MAX_LIMIT);
        position = reader.position();
        pending = unfinished;
    }

    /** In none of the states in which no timer can be armed. */
    private Criterion armable() {
        Set<String> quiet = workflow.states().stream()
                .filter(state -> workflow.category(state) == StatusCategory.DONE)
                .filter(state -> rules.closeResolvedAfter() == null || !state.equals(Status.RESOLVED))
                .map(Status::name)
                .collect(Collectors.toSet());
        return new Criterion.AnyOf(Criterion.Field.STATUS, quiet, true);
    }

    /**
     * Looks at some of what changed, and at a page of what is gone through.
     *
     * @return whether there is more to look at
     */
    boolean look(long nowMillis) {
        ChangedTickets changed = reader.changedSince(position, STEP);
        new LinkedHashSet<>(changed.tickets()).forEach(id -> note(id, nowMillis));
        position = changed.next();
        boolean setBack = nowMillis <= lookedMillis - RETRY_MILLIS; // what was put off may be put off for long
        boolean reached = agenda.horizon() <= nowMillis && nowMillis - wentMillis >= RETRY_MILLIS;
        lookedMillis = nowMillis;
        if (setBack || reached && pending == null) {
            agenda.beginAnew();
            pending = unfinished;
            wentMillis = nowMillis;
        }
        if (pending != null) {
            TicketPage page = reader.page(pending);
            page.tickets().forEach(ticket -> note(ticket.id(), nowMillis));
            PageCursor next = page.next();
            pending = next == null ? null : pending.at(next);
        }
        return pending != null || position < reader.position();
    }

    /** The timers that this node is to fire now, at most {@code max}; each is to be looked at again later in any case. */
    List<Firing> ring(long wallMillis, Watch watch, int max) {
        long nowMillis = wallMillis - watch.aheadMillis();
        List<Firing> firings = new ArrayList<>();
        if (watch.behind()) {
            readyMillis = null;
            return firings;
        }
        long ready = readyMillis == null ? nowMillis : Math.min(readyMillis, nowMillis); // the clock may be set back
        readyMillis = ready;
        while (firings.size() < max) {
            Agenda.Entry entry = agenda.take(nowMillis);
            if (entry == null) {
                break;
            }
            TicketId id = entry.ticket();
            TicketView ticket = view(id);
            ArmedTimer timer = ticket == null ? null : timers.next(ticket);
            if (ticket == null || timer == null) {
                continue;
            }
            long since = Math.min(entry.sinceMillis(), nowMillis); // by a clock that was wrong, perhaps
            long turn = Math.max(Math.max(timer.at().toEpochMilli(), since), ready) + watch.delayMillis(id);
            if (turn > nowMillis) {
                agenda.put(id, turn, since);
            } else {
                agenda.put(id, nowMillis + RETRY_MILLIS, since);
                firings.add(new Firing(ticket, timers.firing(ticket, timer)));
            }
        }
        return firings;
    }

    /** Up to which entry of the log changes were followed. */
    long position() {
        return position;
    }

    /** How many tickets are kept. */
    int size() {
        return agenda.size();
    }

    private void note(TicketId id, long nowMillis) {
        TicketView ticket = view(id);
        ArmedTimer timer = ticket == null ? null : timers.next(ticket);
        if (timer == null) {
            agenda.remove(id);
        } else {
            long at = timer.at().toEpochMilli();
            agenda.put(id, at, turnsBegin(id, at, nowMillis));
        }
    }

    /**
     * As a rule when the timer is due. What is due already when a node hears of it, such as a due date in the past, has its turns from then on, so
     * that not all nodes fire it at once.
     */
    private long turnsBegin(TicketId id, long atMillis, long nowMillis) {
        Agenda.Entry known = agenda.get(id);
        return known != null && known.sinceMillis() >= atMillis && known.sinceMillis() <= nowMillis
                ? known.sinceMillis()
                : Math.max(atMillis, nowMillis);
    }

    /** Null when there is no such ticket, or the store cannot read it: the timers of the others fire all the same. */
    private @Nullable TicketView view(TicketId id) {
        try {
            return reader.ticket(id)
                    .filter(Ticket::isBorn)
                    .map(ticket -> TicketView.of(ticket, workflow, rules, reader::ticket))
                    .orElse(null);
        } catch (RuntimeException unreadable) {
            LOG.warn("The ticket {} cannot be read; its timers will not fire", id, unreadable);
            return null;
        }
    }
}
