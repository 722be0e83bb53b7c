package io.ticketmesh.simulation;

import io.ticketmesh.causality.OperationId;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.feed.Feed;
import io.ticketmesh.feed.FeedPage;
import io.ticketmesh.feed.NewsType;
import io.ticketmesh.feed.TicketNews;
import io.ticketmesh.store.Commit;
import io.ticketmesh.store.MemoryStore;
import io.ticketmesh.ticket.Due;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.StatusValue;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.change.FireTimer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What timers tell is told once: readers who stay at a machine, and one who wanders, hear of no firing twice, and all know it by the same
 * name. In the end nothing that is due was left out.
 */
final class TimerCheck implements Check {
    static final Set<NewsType> TOLD_BY_TIMERS =
            EnumSet.of(NewsType.OVERDUE, NewsType.SLA_BREACHED, NewsType.SNOOZE_ENDED, NewsType.AUTO_CLOSED);

    private final World world;
    private final Places places;
    private final Function<TicketNews, String> naming;
    private final Map<Machine, Reader> residents = new HashMap<>();
    private final Reader wanderer = new Reader();
    private final Map<String, String> names = new HashMap<>();
    private int commits;
    private int told;

    /** @param naming how news are named; {@code TicketNews::eventId}, or something broken */
    TimerCheck(World world, Places places, Function<TicketNews, String> naming) {
        this.world = world;
        this.places = places;
        this.naming = naming;
    }

    /** How many firings were told to the readers. */
    int told() {
        return told;
    }

    @Override
    public void afterCommit(Machine machine, Commit commit) {
        residents.computeIfAbsent(machine, each -> new Reader()).read(machine.disk());
        if (commits++ % 5 == 0) {
            wanderer.read(machine.disk());
        }
    }

    @Override
    public void restored(Machine machine, MemoryStore lost) {
        residents.remove(machine);
    }

    @Override
    public void atRest(List<Machine> machines) {
        MemoryStore disk = machines.get(0).disk();
        machines.forEach(machine -> new Reader().read(machine.disk())); // one who comes late
        for (TicketId id : places.all()) {
            disk.ticket(id).filter(Ticket::isBorn).ifPresent(this::requireFired);
        }
    }

    /** In plain words, not those of the program. */
    private void requireFired(Ticket ticket) {
        Instant now = Instant.ofEpochMilli(
                SimulatedClock.BEGINNING_MILLIS + world.time().nowMillis());
        StatusValue status = ticket.status().or(StatusValue.INITIAL);
        boolean done =
                status.status().equals(Status.RESOLVED) || status.status().equals(Status.CLOSED);
        if (ticket.isDeleted()) {
            return;
        }
        Due due = ticket.due().or(Due.NEVER);
        if (!done && due instanceof Due.At at && at.instant().isBefore(now)) {
            require(ticket, "due", at.instant());
        } else if (!done
                && due instanceof Due.On on
                && on.date().isBefore(now.atZone(ZoneOffset.UTC).toLocalDate())) {
            require(ticket, "due", on.date().atTime(23, 59, 59, 999_000_000).toInstant(ZoneOffset.UTC));
        }
        boolean sleeps = status.status().equals(Status.PENDING) && status.pendingUntil() != null;
        if (sleeps
                && status.pendingUntil().isBefore(now)
                && !ticket.timers().entries().containsKey("snooze")) {
            throw new AssertionError("Nobody woke " + ticket + ", which waited until " + status.pendingUntil());
        }
        if (status.status().equals(Status.RESOLVED)
                && Instant.ofEpochMilli(ticket.updatedMillis())
                        .plus(TimerSimulation.QUIET)
                        .isBefore(now)) {
            throw new AssertionError("Nobody closed " + ticket);
        }
    }

    private static void require(Ticket ticket, String timer, Instant due) {
        Instant fired = ticket.timers().get(timer).orElse(Instant.MIN);
        if (fired.isBefore(due)) {
            throw new AssertionError("Of " + ticket + " the timer " + timer + " did not fire for " + due);
        }
    }

    /** Reads the feed to its end again and again, wherever somebody lets him. */
    private final class Reader {
        private final Map<String, OperationId> heard = new HashMap<>();
        private VersionVector seen = VersionVector.EMPTY;

        void read(MemoryStore disk) {
            if (!disk.version().dominates(seen)) {
                return;
            }
            Feed feed = new Feed(disk, Set::of);
            FeedPage page;
            do {
                page = feed.read(seen, 50);
                if (page.gap()) {
                    heard.clear();
                }
                page.news().forEach(this::hear);
                seen = page.seen();
            } while (page.more());
        }

        private void hear(TicketNews news) {
            if (!TOLD_BY_TIMERS.contains(news.type())) {
                return;
            }
            told++;
            String name = naming.apply(news);
            FireTimer fired = (FireTimer) news.operation().changes().stream()
                    .filter(FireTimer.class::isInstance)
                    .findFirst()
                    .orElseThrow();
            String what = news.ticketId() + " " + fired.timer() + " " + fired.due();
            OperationId operation = news.operation().id();
            OperationId before = heard.put(what, operation);
            if (before != null && !before.equals(operation)) { // the same one may come again behind a snapshot
                throw new AssertionError("A reader was told of " + what + " by " + before + " and " + operation);
            }
            String known = names.putIfAbsent(what, name);
            if (known != null && !known.equals(name)) {
                throw new AssertionError(what + " is called " + known + " and " + name);
            }
        }
    }
}
