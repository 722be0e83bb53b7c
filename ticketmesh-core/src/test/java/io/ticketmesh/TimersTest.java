package io.ticketmesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.cluster.MemberStatus;
import io.ticketmesh.feed.FeedPage;
import io.ticketmesh.feed.NewsType;
import io.ticketmesh.feed.TicketNews;
import io.ticketmesh.oplog.HistoryEntry;
import io.ticketmesh.ticket.Priority;
import io.ticketmesh.ticket.ServiceMetric;
import io.ticketmesh.ticket.ServicePolicy;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.TicketView;
import io.ticketmesh.ticket.TimeRules;
import io.ticketmesh.ticket.change.FireTimer;
import io.ticketmesh.timer.TimerPace;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What happens to tickets by itself, on real nodes whose clocks are moved by hand. */
@Timeout(120)
class TimersTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final TimerPace QUICK = new TimerPace(Duration.ofMillis(5), Duration.ZERO);

    private final Clock clock = new Clock();
    private final Group group = new Group();
    private final List<TicketMesh> alone = new ArrayList<>();

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        group.close();
        alone.forEach(TicketMesh::close);
    }

    private TicketMesh open(TimeRules rules) {
        TicketMesh mesh = TicketMesh.builder()
                .clock(clock)
                .timeRules(rules)
                .timerPace(QUICK)
                .open();
        alone.add(mesh);
        return mesh;
    }

    private TicketMesh openDurable() {
        TicketMesh mesh = TicketMesh.builder()
                .directory(directory)
                .clock(clock)
                .timerPace(QUICK)
                .open();
        alone.add(mesh);
        return mesh;
    }

    private TicketMesh join() {
        return group.open(builder -> builder.clock(clock).timerPace(QUICK));
    }

    private Instant in(Duration duration) {
        return Instant.ofEpochMilli(clock.millis()).plus(duration);
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("the time that may be waited").isLessThan(end);
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static List<TicketNews> news(TicketMesh mesh, NewsType type) {
        List<TicketNews> news = new ArrayList<>();
        FeedPage page = mesh.service().feed().read(VersionVector.EMPTY, 1_000);
        news.addAll(page.news());
        while (page.more()) {
            page = mesh.service().feed().read(page.seen(), 1_000);
            news.addAll(page.news());
        }
        return news.stream().filter(each -> each.type() == type).toList();
    }

    private static void awaitNews(TicketMesh mesh, NewsType type, int count) {
        await(() -> news(mesh, type).size() >= count);
    }

    private static long operations(TicketMesh mesh) {
        AtomicLong count = new AtomicLong();
        mesh.version().forEach((origin, sequence) -> count.addAndGet(sequence));
        return count.get();
    }

    /** Until each knows that the others can be reached; a start would wait for that. */
    private static void acquaint(List<TicketMesh> nodes) {
        await(() -> nodes.stream()
                .allMatch(node -> node.status().members().stream()
                                .filter(MemberStatus::reachable)
                                .count()
                        == nodes.size()));
    }

    private static String idOf(TicketView ticket) {
        return ticket.id().toString();
    }

    private static long firings(TicketMesh mesh, String id) {
        return mesh.tickets().history(id).stream()
                .flatMap(entry -> entry.changes().stream())
                .filter(change -> change.field().startsWith(FireTimer.FIELDS))
                .count();
    }

    @Test
    void aTicketThatIsDueIsToldOnce() {
        TicketMesh mesh = open(TimeRules.standard());
        Instant due = in(HOUR);
        String id = idOf(mesh.tickets("alice").create("Printer", edit -> edit.dueAt(due)));
        String done = idOf(mesh.tickets("alice").create("Mouse", edit -> edit.dueAt(due)));
        mesh.tickets("alice").transition(done, Status.RESOLVED);
        assertThat(news(mesh, NewsType.OVERDUE)).isEmpty();

        clock.pass(HOUR);
        awaitNews(mesh, NewsType.OVERDUE, 1);
        mesh.tickets("bob").comment(id, "I know");
        String witness = idOf(mesh.tickets("alice").create("Screen", edit -> edit.dueAt(due.plusSeconds(1))));
        clock.pass(HOUR);
        await(() -> firings(mesh, witness) > 0);

        assertThat(news(mesh, NewsType.OVERDUE))
                .extracting(each -> each.ticketId().toString())
                .containsExactly(id, witness);
        HistoryEntry fired = mesh.tickets().history(id).get(1);
        assertThat(fired.trace().actor()).isEqualTo("ticketmesh");
        assertThat(fired.changes().get(0).field()).isEqualTo("timers.due");
        assertThat(fired.changes().get(0).after()).isEqualTo(due);
    }

    @Test
    void anotherDueTimeArmsTheTimerAnew() {
        TicketMesh mesh = open(TimeRules.standard());
        Tickets alice = mesh.tickets("alice");
        String id = idOf(alice.create("Printer", edit -> edit.dueAt(in(HOUR))));
        clock.pass(HOUR);
        awaitNews(mesh, NewsType.OVERDUE, 1);
        alice.change(id, edit -> edit.dueAt(in(HOUR)));
        clock.pass(HOUR);
        awaitNews(mesh, NewsType.OVERDUE, 2);

        assertThat(news(mesh, NewsType.OVERDUE)).extracting(TicketNews::eventId).doesNotHaveDuplicates();
    }

    @Test
    void aDateIsOverWithItsDayInTheZoneOfTheDesk() {
        TicketMesh mesh =
                open(TimeRules.builder().zone(ZoneId.of("America/Los_Angeles")).build());
        String id = idOf(mesh.tickets().create("Printer", edit -> edit.dueOn(LocalDate.parse("2026-01-01"))));
        String witness =
                idOf(mesh.tickets().create("Mouse", edit -> edit.dueAt(Instant.parse("2026-01-02T07:59:00Z"))));
        clock.pass(Duration.ofHours(32).minusMillis(1));
        await(() -> firings(mesh, witness) > 0);
        assertThat(firings(mesh, id)).isZero();
        clock.pass(Duration.ofMillis(1));
        await(() -> firings(mesh, id) > 0);
    }

    @Test
    void whoSleepsWakesInTime() {
        TicketMesh mesh = open(TimeRules.standard());
        String id = idOf(mesh.tickets("alice").create("Printer"));
        mesh.tickets("bob").change(id, edit -> edit.pendingUntil(in(HOUR)));
        clock.pass(HOUR);
        awaitNews(mesh, NewsType.SNOOZE_ENDED, 1);

        TicketView awake = mesh.tickets().get(id);
        assertThat(awake.status()).isEqualTo(Status.OPEN);
        assertThat(awake.pendingUntil()).isNull();
        assertThat(news(mesh, NewsType.SNOOZE_ENDED).get(0).changes())
                .extracting(change -> change.field())
                .contains("status", "pendingUntil", "timers.snooze");
    }

    @Test
    void aResolvedTicketIsClosedWhenNobodyTouchesIt() {
        TicketMesh mesh = open(TimeRules.builder().closeResolvedAfter(HOUR).build());
        String id = idOf(mesh.tickets("alice").create("Printer"));
        mesh.tickets("bob").transition(id, Status.RESOLVED, "workaround");
        clock.pass(HOUR.minusMinutes(1));
        mesh.tickets("alice").tag(id, "thanks");
        clock.pass(HOUR.minusMinutes(1));
        assertThat(mesh.tickets().get(id).status()).isEqualTo(Status.RESOLVED);
        clock.pass(Duration.ofMinutes(1));
        awaitNews(mesh, NewsType.AUTO_CLOSED, 1);

        TicketView closed = mesh.tickets().get(id);
        assertThat(closed.status()).isEqualTo(Status.CLOSED);
        assertThat(closed.resolution()).isEqualTo("workaround");
    }

    @Test
    void whatIsDeletedOrWorkedOnElsewhereHasNoTimers() {
        TicketMesh mesh = open(TimeRules.standard());
        Tickets alice = mesh.tickets("alice");
        String deleted = idOf(alice.create("Printer", edit -> edit.dueAt(in(HOUR))));
        String merged = idOf(alice.create("Printer again", edit -> edit.dueAt(in(HOUR))));
        String witness = idOf(alice.create("Mouse", edit -> edit.dueAt(in(HOUR.plusMinutes(1)))));
        alice.delete(deleted);
        alice.merge(merged, witness);
        clock.pass(Duration.ofHours(2));
        await(() -> firings(mesh, witness) > 0);
        assertThat(firings(mesh, deleted)).isZero();
        assertThat(firings(mesh, merged)).isZero();

        alice.restore(deleted);
        alice.unmerge(merged);
        await(() -> firings(mesh, deleted) > 0 && firings(mesh, merged) > 0);
    }

    @Test
    void aBrokenPromiseEscalatesOnce() {
        TicketMesh mesh = open(TimeRules.builder()
                .policy(ServicePolicy.named("urgent")
                        .priorities(Priority.URGENT)
                        .target(ServiceMetric.RESOLUTION, Duration.ofMinutes(10))
                        .escalation(none -> none.withQueue("default"))
                        .build())
                .policy(ServicePolicy.named("normal")
                        .target(ServiceMetric.RESOLUTION, HOUR)
                        .escalation(none -> none.withPriority(Priority.URGENT)
                                .withTag("late")
                                .withAssignee("boss")
                                .withQueue("fire"))
                        .build())
                .build());
        String id = idOf(mesh.tickets("alice").create("Printer"));
        clock.pass(HOUR);
        awaitNews(mesh, NewsType.SLA_BREACHED, 1);

        TicketView late = mesh.tickets().get(id);
        assertThat(late.priority()).isEqualTo(Priority.URGENT);
        assertThat(late.tags()).containsExactly("late");
        assertThat(late.assignee()).isEqualTo("boss");
        String witness = idOf(mesh.tickets("alice").create("Mouse", edit -> edit.dueAt(in(HOUR))));
        clock.pass(HOUR);
        await(() -> firings(mesh, witness) > 0);
        assertThat(firings(mesh, id)).isEqualTo(1);
        assertThat(mesh.tickets().get(id).queue()).isEqualTo("fire");
    }

    @Test
    void whatAWorkflowForbidsIsToldAllTheSame() {
        TicketMesh mesh = open(TimeRules.standard());
        Tickets alice = mesh.tickets("alice");
        String id = idOf(alice.create("Printer", edit -> edit.status(Status.OPEN)));
        for (int i = 0; i < 499; i++) {
            alice.transition(id, Status.PENDING);
            alice.transition(id, Status.OPEN);
        }
        alice.change(id, edit -> edit.pendingUntil(in(HOUR))); // the last status that it can take
        clock.pass(HOUR);
        awaitNews(mesh, NewsType.SNOOZE_ENDED, 1);

        assertThat(mesh.tickets().get(id).status()).isEqualTo(Status.PENDING);
    }

    @Test
    void whatCameDueWhileNobodyRanIsToldAfterTheStart() {
        TicketMesh before = openDurable();
        String id = idOf(before.tickets().create("Printer", edit -> edit.dueAt(in(HOUR))));
        before.close();
        clock.pass(Duration.ofDays(3));
        TicketMesh after = openDurable();
        awaitNews(after, NewsType.OVERDUE, 1);
        after.close();
        TicketMesh again = openDurable();
        String witness = idOf(again.tickets().create("Mouse", edit -> edit.dueAt(in(HOUR))));
        clock.pass(HOUR);
        await(() -> firings(again, witness) > 0);

        assertThat(firings(again, id)).isEqualTo(1);
    }

    @Test
    void oneOfSeveralNodesFires() throws InterruptedException {
        List<TicketMesh> nodes = List.of(join(), join(), join());
        acquaint(nodes);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            ids.add(idOf(nodes.get(i % 3).tickets().create("Printer", edit -> edit.dueAt(in(HOUR)))));
        }
        group.converge();
        clock.pass(HOUR);
        nodes.forEach(node -> awaitNews(node, NewsType.OVERDUE, 30));
        group.converge();

        for (TicketMesh node : nodes) {
            assertThat(ids).allMatch(id -> firings(node, id) == 1);
            assertThat(news(node, NewsType.OVERDUE))
                    .extracting(TicketNews::eventId)
                    .doesNotHaveDuplicates();
        }
        assertThat(news(nodes.get(0), NewsType.OVERDUE))
                .extracting(each -> each.trace().operation().origin().node())
                .as("the nodes that fired")
                .hasSizeGreaterThan(1)
                .contains(
                        nodes.get(0).nodeId(),
                        nodes.get(1).nodeId(),
                        nodes.get(2).nodeId());
    }

    @Test
    void bothSidesOfACutFireAndMeanTheSame() throws InterruptedException {
        TicketMesh here = join();
        TicketMesh there = join();
        acquaint(List.of(here, there));
        String id = idOf(here.tickets("alice").create("Printer", edit -> edit.dueAt(in(HOUR))));
        here.tickets("alice").change(id, edit -> edit.pendingUntil(in(HOUR)));
        group.converge();
        group.cut();
        clock.pass(HOUR);
        for (TicketMesh node : List.of(here, there)) {
            for (NewsType type : List.of(NewsType.OVERDUE, NewsType.SNOOZE_ENDED)) {
                await(() -> {
                    clock.pass(Duration.ofMillis(100)); // until it is everybody's turn
                    return !news(node, type).isEmpty();
                });
            }
        }
        String told = news(here, NewsType.OVERDUE).get(0).eventId();
        VersionVector seenHere = here.version();
        VersionVector seenThere = there.version();
        group.heal();
        group.converge();

        for (TicketMesh node : List.of(here, there)) {
            assertThat(news(node, NewsType.OVERDUE))
                    .extracting(TicketNews::eventId)
                    .containsExactly(told);
            assertThat(news(node, NewsType.SNOOZE_ENDED)).hasSize(1);
            assertThat(node.tickets().get(id).conflicts()).isEmpty();
        }
        assertThat(operations(here)).as("what both wrote is kept").isEqualTo(2 + 2 * 2);
        assertThat(here.service().feed().read(seenHere, 100).news()).isEmpty();
        assertThat(there.service().feed().read(seenThere, 100).news()).isEmpty();
        assertThat(here.digest()).isEqualTo(there.digest());
    }
}
