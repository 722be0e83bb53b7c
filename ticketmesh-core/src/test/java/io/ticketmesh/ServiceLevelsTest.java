package io.ticketmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ticketmesh.calendar.BusinessCalendar;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.Priority;
import io.ticketmesh.ticket.ServiceClock;
import io.ticketmesh.ticket.ServiceMetric;
import io.ticketmesh.ticket.ServicePolicy;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.TicketView;
import io.ticketmesh.ticket.TimeRules;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Promises about tickets: how their clocks run, stand and end. */
class ServiceLevelsTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final TimeRules RULES = TimeRules.builder()
            .policy(ServicePolicy.named("urgent")
                    .priorities(Priority.URGENT)
                    .target(ServiceMetric.FIRST_RESPONSE, HOUR)
                    .build())
            .policy(ServicePolicy.named("network")
                    .queues("network")
                    .tags("VPN", "lan")
                    .types("incident")
                    .target(ServiceMetric.RESOLUTION, Duration.ofHours(3))
                    .build())
            .policy(ServicePolicy.named("everybody")
                    .target(ServiceMetric.FIRST_RESPONSE, Duration.ofHours(4))
                    .target(ServiceMetric.UPDATE, Duration.ofHours(6))
                    .target(ServiceMetric.RESOLUTION, Duration.ofHours(8))
                    .build())
            .build();

    private final Clock clock = new Clock();
    private final TicketMesh mesh = open(RULES);
    private final Tickets alice = mesh.tickets("alice");
    private final Tickets bob = mesh.tickets("bob");

    @AfterEach
    void close() {
        mesh.close();
    }

    private TicketMesh open(TimeRules rules) {
        return TicketMesh.builder().clock(clock).timeRules(rules).open();
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }

    private ServiceClock clockOf(String id, ServiceMetric metric) {
        return alice.get(id).clocks(now()).stream()
                .filter(each -> each.metric() == metric)
                .findFirst()
                .orElseThrow();
    }

    private static String idOf(TicketView ticket) {
        return ticket.id().toString();
    }

    @Test
    void theFirstPolicyThatFitsCounts() {
        String urgent =
                idOf(alice.create("Fire", edit -> edit.priority(Priority.URGENT).queue("network")));
        String vpn =
                idOf(alice.create("No way in", edit -> edit.queue("network").tag("vpn")));
        String wrongTag =
                idOf(alice.create("No way in", edit -> edit.queue("network").tag("door")));
        String wrongType = idOf(
                alice.create("How?", edit -> edit.queue("network").tag("lan").type("question")));

        assertThat(List.of(urgent, vpn, wrongTag, wrongType))
                .extracting(id -> alice.get(id).clocks(now()).get(0).policy())
                .containsExactly("urgent", "network", "everybody", "everybody");
        alice.change(urgent, edit -> edit.priority(Priority.LOW).tag("Lan"));
        assertThat(alice.get(urgent).clocks(now()))
                .extracting(ServiceClock::metric)
                .containsExactly(ServiceMetric.RESOLUTION);
    }

    @Test
    void whereNothingIsPromisedNoClockRuns() {
        try (TicketMesh plain = open(TimeRules.standard())) {
            assertThat(plain.tickets().create("Printer").clocks(now())).isEmpty();
        }
    }

    @Test
    void aClockRunsUntilThePromiseIsKept() {
        Instant created = now();
        String id = idOf(alice.create("Printer"));
        clock.pass(HOUR);

        assertThat(clockOf(id, ServiceMetric.FIRST_RESPONSE))
                .isEqualTo(new ServiceClock(
                        ServiceMetric.FIRST_RESPONSE,
                        "everybody",
                        Duration.ofHours(4),
                        ServiceClock.State.RUNNING,
                        false,
                        created.plus(Duration.ofHours(4)),
                        Duration.ofHours(3)));
        alice.comment(id, "Hurry, please");
        bob.comment(id, "A hard one", CommentKind.INTERNAL);
        assertThat(clockOf(id, ServiceMetric.FIRST_RESPONSE).ended()).isFalse();
        bob.comment(id, "On my way");
        clock.pass(Duration.ofDays(9));

        assertThat(clockOf(id, ServiceMetric.FIRST_RESPONSE))
                .isEqualTo(new ServiceClock(
                        ServiceMetric.FIRST_RESPONSE,
                        "everybody",
                        Duration.ofHours(4),
                        ServiceClock.State.MET,
                        true,
                        null,
                        null));
    }

    @Test
    void aPromiseIsBrokenAtTheVeryMomentAndStaysSo() {
        String id = idOf(alice.create("Printer"));
        Instant due = now().plus(Duration.ofHours(4));
        clock.pass(Duration.ofHours(4).minusMillis(1));
        assertThat(clockOf(id, ServiceMetric.FIRST_RESPONSE).state()).isEqualTo(ServiceClock.State.RUNNING);
        clock.pass(Duration.ofMillis(1));
        assertThat(clockOf(id, ServiceMetric.FIRST_RESPONSE).state()).isEqualTo(ServiceClock.State.BREACHED);

        clock.pass(Duration.ofMillis(1));
        bob.comment(id, "Sorry");

        ServiceClock late = clockOf(id, ServiceMetric.FIRST_RESPONSE);
        assertThat(late.state()).isEqualTo(ServiceClock.State.BREACHED);
        assertThat(late.ended()).isTrue();
        assertThat(late.dueAt()).isEqualTo(due);
    }

    @Test
    void anAnswerInTheLastMomentKeepsIt() {
        String id = idOf(alice.create("Printer"));
        clock.pass(Duration.ofHours(4));
        bob.comment(id, "Here I am");
        clock.pass(HOUR);

        assertThat(clockOf(id, ServiceMetric.FIRST_RESPONSE).state()).isEqualTo(ServiceClock.State.MET);
    }

    @Test
    void theClockStandsWhileSomebodyElseIsWaitedFor() {
        String id = idOf(alice.create("Printer"));
        clock.pass(Duration.ofHours(2));
        bob.transition(id, Status.PENDING);
        clock.pass(Duration.ofDays(30));

        ServiceClock standing = clockOf(id, ServiceMetric.RESOLUTION);
        assertThat(standing.state()).isEqualTo(ServiceClock.State.PAUSED);
        assertThat(standing.dueAt()).isNull();
        assertThat(standing.remaining()).isEqualTo(Duration.ofHours(6));
        alice.comment(id, "There you go"); // reopens it
        clock.pass(HOUR);
        ServiceClock running = clockOf(id, ServiceMetric.RESOLUTION);
        assertThat(running.state()).isEqualTo(ServiceClock.State.RUNNING);
        assertThat(running.dueAt()).isEqualTo(now().plus(Duration.ofHours(5)));
    }

    @Test
    void aReopenedTicketGoesOnWhereItWasDone() {
        String id = idOf(alice.create("Printer"));
        clock.pass(Duration.ofHours(7));
        bob.transition(id, Status.RESOLVED);
        assertThat(clockOf(id, ServiceMetric.RESOLUTION).state()).isEqualTo(ServiceClock.State.MET);
        clock.pass(Duration.ofDays(3));
        alice.transition(id, Status.OPEN);

        assertThat(clockOf(id, ServiceMetric.RESOLUTION).remaining()).isEqualTo(HOUR);
        clock.pass(Duration.ofHours(2));
        bob.transition(id, Status.RESOLVED);
        assertThat(clockOf(id, ServiceMetric.RESOLUTION).state()).isEqualTo(ServiceClock.State.BREACHED);
    }

    @Test
    void everyWordToTheReporterStartsTheNextUpdate() {
        String id = idOf(alice.create("Printer"));
        clock.pass(Duration.ofHours(5));
        bob.comment(id, "We look into it");
        clock.pass(Duration.ofHours(5));
        alice.comment(id, "And?");

        assertThat(clockOf(id, ServiceMetric.UPDATE).remaining()).isEqualTo(HOUR);
        clock.pass(HOUR);
        assertThat(clockOf(id, ServiceMetric.UPDATE).state()).isEqualTo(ServiceClock.State.BREACHED);
        bob.comment(id, "Nearly there");
        assertThat(clockOf(id, ServiceMetric.UPDATE).state()).isEqualTo(ServiceClock.State.RUNNING);
        bob.transition(id, Status.RESOLVED);
        assertThat(clockOf(id, ServiceMetric.UPDATE).state()).isEqualTo(ServiceClock.State.MET);
    }

    @Test
    void onlyBusinessHoursCount() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        TimeRules rules = TimeRules.builder()
                .policy(ServicePolicy.named("office")
                        .calendar(BusinessCalendar.builder(berlin)
                                .weekdays(LocalTime.of(9, 0), LocalTime.of(17, 0))
                                .build())
                        .target(ServiceMetric.RESOLUTION, Duration.ofHours(10))
                        .build())
                .build();
        try (TicketMesh office = open(rules)) { // Thursday, 2026-01-01, one o'clock in Berlin
            TicketView ticket = office.tickets("alice").create("Printer");
            assertThat(ticket.clocks(now()).get(0).dueAt()).isEqualTo("2026-01-02T10:00:00Z");
            clock.pass(Duration.ofHours(16));
            assertThat(ticket.clocks(now()).get(0).remaining()).isEqualTo(Duration.ofHours(2));
        }
    }

    @Test
    void nodesThatHoldTheSameSayTheSame() throws InterruptedException {
        try (Group group = new Group()) {
            TicketMesh here = group.open(builder -> builder.timeRules(RULES).clock(clock));
            TicketMesh there = group.open(builder -> builder.timeRules(RULES).clock(clock));
            String id = idOf(here.tickets("alice").create("Printer"));
            group.converge();
            group.cut();
            clock.pass(HOUR);
            here.tickets("bob").transition(id, Status.PENDING);
            there.tickets("carol").comment(id, "Hello");
            clock.pass(HOUR);
            there.tickets("carol").transition(id, Status.OPEN);
            group.heal();
            group.converge();

            assertThat(here.tickets().get(id).clocks(now()))
                    .hasSize(3)
                    .isEqualTo(there.tickets().get(id).clocks(now()));
        }
    }

    @Test
    void policiesThatPromiseNothingAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServicePolicy.named("gold").build())
                .withMessage("The service policy 'gold' promises nothing");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServicePolicy.named("gold").target(ServiceMetric.UPDATE, Duration.ofDays(4_000)))
                .withMessageContaining("target of update in the service policy 'gold'");
        assertThatIllegalArgumentException().isThrownBy(() -> ServicePolicy.named("Gold!"));
        ServicePolicy gold =
                ServicePolicy.named("gold").target(ServiceMetric.UPDATE, HOUR).build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TimeRules.builder().policy(gold).policy(gold))
                .withMessage("There are two service policies 'gold'");
    }
}
