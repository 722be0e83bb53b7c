package io.ticketmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.ticket.Criteria;
import io.ticketmesh.ticket.InvalidQueryException;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.TicketFilter;
import io.ticketmesh.ticket.TicketFlow;
import io.ticketmesh.ticket.TicketFlow.Day;
import io.ticketmesh.ticket.TicketFlow.Durations;
import io.ticketmesh.ticket.TicketQuery;
import io.ticketmesh.ticket.TicketView;
import io.ticketmesh.ticket.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes in and goes out, day by day. */
class FlowTest {
    private static final LocalDate FIRST = LocalDate.of(2026, 3, 1);

    private final AtomicLong clock = new AtomicLong();
    private final TicketMesh mesh = TicketMesh.builder().clock(clock::get).open();
    private final Tickets alice = mesh.tickets("alice");
    private final Tickets bob = mesh.tickets("bob");

    @AfterEach
    void close() {
        mesh.close();
    }

    private void at(String time) {
        clock.set(Instant.parse(time).toEpochMilli());
    }

    private TicketFlow flow(LocalDate from, LocalDate to) {
        return alice.flow(TicketFilter.LIVING, from, to, ZoneOffset.UTC);
    }

    @Test
    void daysTellWhatCameInAndWentOutAndWhatWasLeft() {
        at("2026-02-20T10:00:00Z");
        alice.create("Old and never touched");
        String old = alice.create("Old").key().toString();
        at("2026-03-01T10:00:00Z");
        String printer = alice.create("Printer").key().toString();
        String scanner = alice.create("Scanner").key().toString();
        at("2026-03-01T11:00:00Z");
        bob.comment(printer, "On my way");
        at("2026-03-02T10:00:00Z");
        bob.transition(printer, Status.RESOLVED);
        bob.transition(old, Status.CLOSED);
        at("2026-03-03T10:00:00Z");
        alice.transition(printer, Status.OPEN);
        at("2026-03-04T16:00:00Z");
        bob.comment(scanner, "Look");
        bob.transition(printer, Status.RESOLVED);
        bob.transition(printer, Status.CLOSED);

        TicketFlow flow = flow(FIRST, FIRST.plusDays(2));

        assertThat(flow.days())
                .containsExactly(
                        new Day(FIRST, 2, 0, 0, 0, 4),
                        new Day(FIRST.plusDays(1), 0, 2, 1, 0, 2),
                        new Day(FIRST.plusDays(2), 0, 0, 0, 1, 3));
        assertThat(flow.firstResponse()).isEqualTo(new Durations(1, 3_600_000L, 3_600_000L));
        assertThat(flow.resolution())
                .as("the printer was done later")
                .isEqualTo(new Durations(
                        1, Duration.ofDays(10).toMillis(), Duration.ofDays(10).toMillis()));
        assertThat(flow(FIRST.plusDays(3), FIRST.plusDays(4)).days())
                .containsExactly(new Day(FIRST.plusDays(3), 0, 1, 1, 0, 2), new Day(FIRST.plusDays(4), 0, 0, 0, 0, 2));
        assertThat(alice.flow(
                                new Criteria(Workflow.standard(), "alice", Instant.EPOCH)
                                        .query("scanner")
                                        .filter(),
                                FIRST,
                                FIRST,
                                ZoneOffset.UTC)
                        .days())
                .containsExactly(new Day(FIRST, 1, 0, 0, 0, 1));
    }

    @Test
    void aDayIsOneOfTheZone() {
        at("2026-03-01T11:30:00Z");
        alice.create("Printer");

        ZoneId kiritimati = ZoneId.of("Pacific/Kiritimati");
        assertThat(alice.flow(TicketFilter.LIVING, FIRST.plusDays(1), FIRST.plusDays(1), kiritimati)
                        .days())
                .containsExactly(new Day(FIRST.plusDays(1), 1, 0, 0, 0, 1));
        assertThat(alice.flow(TicketFilter.LIVING, FIRST, FIRST, kiritimati).days())
                .containsExactly(new Day(FIRST, 0, 0, 0, 0, 0));
        assertThat(alice.flow(TicketFilter.LIVING, FIRST, FIRST, ZoneId.of("America/Los_Angeles"))
                        .days())
                .containsExactly(new Day(FIRST, 1, 0, 0, 0, 1));
    }

    @Test
    void daysAreBounded() {
        assertThatThrownBy(() -> flow(FIRST, FIRST.minusDays(1)))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessage("to is before 'from'");
        assertThat(flow(FIRST, FIRST.plusDays(365)).days()).hasSize(366);
        assertThatThrownBy(() -> flow(FIRST, FIRST.plusDays(366))).hasMessageContaining("at most 366");
        assertThatThrownBy(() -> flow(LocalDate.MIN, LocalDate.MAX)).isInstanceOf(InvalidQueryException.class);
    }

    /** What is open at the end of a day is what one would have counted then. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void theBacklogIsWhatWasCountedEveryEvening(long seed) {
        Random random = new Random(seed);
        List<String> tickets = new ArrayList<>();
        TreeMap<LocalDate, Long> counted = new TreeMap<>();
        for (int day = 0; day < 20; day++) {
            for (int i = random.nextInt(6); i >= 0; i--) {
                at(FIRST.plusDays(day) + "T0" + (6 - i) + ":00:00Z");
                act(random, tickets);
            }
            counted.put(FIRST.plusDays(day), countOpen());
        }
        assertThat(flow(FIRST, FIRST.plusDays(19)).days())
                .allSatisfy(day -> assertThat(day.open()).as(day.toString()).isEqualTo(counted.get(day.day())));
        assertThat(flow(FIRST.plusDays(7), FIRST.plusDays(12)).days())
                .allSatisfy(day -> assertThat(day.open()).as(day.toString()).isEqualTo(counted.get(day.day())));
    }

    private void act(Random random, List<String> tickets) {
        if (tickets.size() < 3 || random.nextInt(3) == 0) {
            tickets.add(alice.create("Ticket").key().toString());
        } else {
            String ticket = tickets.get(random.nextInt(tickets.size()));
            List<Status> next = bob.transitions(ticket);
            bob.transition(ticket, next.get(random.nextInt(next.size())));
        }
    }

    private long countOpen() {
        TicketFilter open = new Criteria(Workflow.standard(), "alice", Instant.EPOCH)
                .category("open", "waiting")
                .filter();
        return alice.query(new TicketQuery(open, List.of(), 1, null, true, true))
                .total();
    }

    @Test
    void allThatAFilterLetsThroughIsChangedEachForItself() {
        at("2026-03-01T10:00:00Z");
        for (int i = 0; i < 150; i++) {
            alice.create("Ticket " + i, edit -> edit.tag("hot"));
        }
        TicketView closed = alice.create("Closed", edit -> edit.tag("hot"));
        alice.transition(closed.key().toString(), Status.CLOSED);
        TicketView waiting = alice.create("Waits", edit -> edit.tag("hot"));
        alice.transition(waiting.key().toString(), Status.PENDING);
        TicketFilter hot = new Criteria(Workflow.standard(), "alice", Instant.EPOCH)
                .tags("hot")
                .filter();

        BulkOutcome outcome = bob.changeAll(hot, edit -> edit.status(Status.PENDING));

        assertThat(outcome.changed()).isEqualTo(150);
        assertThat(outcome.unchanged()).isEqualTo(1);
        assertThat(outcome.refused()).containsOnlyKeys(closed.id());
        assertThat(bob.changeAll(hot, edit -> edit.untag("hot").comment("Done")).changed())
                .isEqualTo(152);
        assertThat(bob.changeAll(hot, edit -> edit.tag("cold")).changed()).isZero();
        assertThat(alice.counts(hot).living()).isZero();
    }
}
