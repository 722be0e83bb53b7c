package io.ticketmesh.spring.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.client.Attempt;
import io.ticketmesh.client.ChangedMeanwhileException;
import io.ticketmesh.client.ConflictingStateException;
import io.ticketmesh.client.ExportFormat;
import io.ticketmesh.client.GoneException;
import io.ticketmesh.client.ImportSource;
import io.ticketmesh.client.InvalidRequestException;
import io.ticketmesh.client.NotFoundException;
import io.ticketmesh.client.RemoteBulk;
import io.ticketmesh.client.RemoteComment;
import io.ticketmesh.client.RemoteConflict;
import io.ticketmesh.client.RemoteHistoryEntry;
import io.ticketmesh.client.RemoteMesh;
import io.ticketmesh.client.RemoteMeta;
import io.ticketmesh.client.RemotePage;
import io.ticketmesh.client.RemoteTicket;
import io.ticketmesh.client.RemoteTransition;
import io.ticketmesh.client.TicketMeshClient;
import io.ticketmesh.client.TicketMeshClientException;
import io.ticketmesh.cluster.Acknowledgement;
import io.ticketmesh.spring.Waiting;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.LinkType;
import io.ticketmesh.ticket.Priority;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.TicketId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The client of core against three real applications that are one mesh over loopback. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ClientTest {
    private static final List<Host> HOSTS = new ArrayList<>();
    private final Map<URI, AtomicInteger> attempts = new ConcurrentHashMap<>();
    private TicketMeshClient client;

    @BeforeAll
    static void startMesh() {
        String cluster = "client-" + UUID.randomUUID();
        for (int i = 0; i < 3; i++) {
            HOSTS.add(Host.start(
                    "ticketmesh.mesh.cluster=" + cluster,
                    "ticketmesh.rest.read-wait=10s", // the machine may be busy, and no read is to be stale
                    "ticketmesh.rest.anonymous-name=user-" + i));
        }
        Waiting.until(() -> HOSTS.stream()
                .allMatch(host -> host.node().status().members().stream()
                                .filter(member -> member.reachable() && member.active())
                                .count()
                        == 3));
    }

    @AfterAll
    static void stopMesh() {
        HOSTS.forEach(Host::close);
    }

    @BeforeEach
    void open() {
        client = TicketMeshClient.open(builder -> builder.servers(uris())
                .attemptTimeout(Duration.ofSeconds(20))
                .callTimeout(Duration.ofSeconds(60))
                .onAttempt(this::count));
    }

    @AfterEach
    void close() {
        client.close();
    }

    private void count(Attempt attempt) {
        attempts.computeIfAbsent(attempt.server().address(), address -> new AtomicInteger())
                .incrementAndGet();
    }

    private static URI uri(Host host) {
        return URI.create("http://127.0.0.1:" + host.port());
    }

    private static URI[] uris() {
        return HOSTS.stream().map(ClientTest::uri).toArray(URI[]::new);
    }

    @Test
    void requestsSpreadEvenlyOverAllServers() {
        String id = client.create("Printer").id().toString();
        attempts.clear();
        int threads = 8;
        CompletableFuture<?>[] all = IntStream.range(0, threads)
                .mapToObj(thread -> CompletableFuture.runAsync(() -> {
                    for (int i = 0; i < 3_000 / threads; i++) {
                        assertThat(client.get(id).title()).isEqualTo("Printer");
                    }
                }))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(all).join();

        assertThat(attempts).hasSize(3);
        assertThat(attempts.values())
                .allSatisfy(count -> assertThat(count.get()).isBetween(950, 1_050));
        assertThat(client.statistics().retries()).isZero();
    }

    @Test
    void whatWasWrittenIsReadThroughWhicheverServer() {
        for (int i = 0; i < 500; i++) {
            RemoteTicket written = client.create("Ticket " + i);
            RemoteTicket read = client.get(written.id().toString());
            assertThat(read.etag()).isEqualTo(written.etag());
            RemoteTicket changed = client.change(written.id().toString(), draft -> draft.priority(Priority.HIGH));
            assertThat(client.get(written.id().toString())).isEqualTo(changed);
        }
        assertThat(client.statistics().staleAnswers()).isZero();
        assertThat(client.statistics().retries()).isZero();
        assertThat(attempts.values())
                .allSatisfy(count -> assertThat(count.get()).isBetween(640, 700));
    }

    @Test
    void aTicketLivesItsWholeLife() {
        RemoteTicket other = client.create("Smoke");
        RemoteTicket ticket = client.create(
                "Printer",
                draft -> draft.description("It burns")
                        .priority(Priority.URGENT)
                        .tags("hot", "red")
                        .dueOn(LocalDate.parse("2036-01-31")));
        String reference = ticket.key().toString();
        assertThat(client.find(reference)).isEqualTo(ticket);
        assertThat(client.find("TM-ZZZZZZZZ")).isNull();
        assertThatThrownBy(() -> client.get("TM-ZZZZZZZZ")).isInstanceOf(NotFoundException.class);

        RemoteTicket changed = client.changeIf(
                reference, ticket.etag(), draft -> draft.assignee("bob").neverDue());
        assertThat(changed.assignee()).isEqualTo("bob");
        assertThat(changed.dueDate()).isNull();
        ChangedMeanwhileException late = (ChangedMeanwhileException) org.assertj.core.api.Assertions.catchThrowable(
                () -> client.changeIf(reference, ticket.etag(), draft -> draft.title("x")));
        assertThat(late.etag()).isEqualTo(changed.etag());
        assertThatThrownBy(
                        () -> client.change(reference, draft -> draft.title(" ").queue("No slug")))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        refused -> assertThat(refused.problem().errors())
                                .extracting(error -> error.name())
                                .containsExactly("/title", "/queue"));

        client.tag(reference, "Über");
        client.untag(reference, "red");
        client.watch(reference, "carol");
        client.link(reference, LinkType.BLOCKS, other.id().toString());
        RemoteTicket labelled = client.get(reference);
        assertThat(labelled.tags()).containsExactlyInAnyOrder("hot", "Über");
        assertThat(labelled.watchers()).contains("carol");
        assertThat(labelled.links()).hasSize(1);
        client.unwatch(reference, "carol");
        client.unlink(reference, LinkType.BLOCKS, other.id().toString());
        assertThat(client.get(reference).links()).isEmpty();

        assertThat(client.transitions(reference))
                .extracting(RemoteTransition::to)
                .contains(Status.RESOLVED, Status.PENDING);
        RemoteTicket resolved = client.transition(
                reference,
                Status.RESOLVED,
                draft -> draft.resolution("workaround").comment("Poured water over it", CommentKind.INTERNAL));
        assertThat(resolved.resolution()).isEqualTo("workaround");
        assertThatThrownBy(() -> client.transition(reference, Status.NEW))
                .isInstanceOf(ConflictingStateException.class);
        client.transition(reference, Status.OPEN);

        RemoteComment comment = client.comment(reference, "Smells");
        assertThat(client.editComment(reference, comment.id(), "Smells bad").body())
                .isEqualTo("Smells bad");
        assertThat(client.comment(reference, comment.id()).editedBy()).isNotNull();
        client.redactComment(reference, comment.id());
        assertThat(client.comments(reference))
                .extracting(RemoteComment::body)
                .containsExactly("Poured water over it", "");
        RemotePage<RemoteComment> first = client.comments(reference, part -> part.limit(1));
        assertThat(client.comments(reference, part -> part.limit(1).cursor(first.next()))
                        .items())
                .extracting(RemoteComment::id)
                .containsExactly(comment.id());

        List<RemoteHistoryEntry> history = client.history(reference);
        assertThat(history.get(0).changes())
                .extracting(RemoteHistoryEntry.Change::field)
                .contains("title");
        assertThat(history).hasSizeGreaterThan(8);

        assertThat(client.merge(other.id().toString(), reference).mergedInto()).isEqualTo(ticket.id());
        assertThat(client.unmerge(other.id().toString()).mergedInto()).isNull();
        client.delete(reference);
        client.delete(reference);
        assertThat(client.get(reference).isDeleted()).isTrue();
        assertThatThrownBy(() -> client.change(reference, draft -> draft.title("x")))
                .isInstanceOfSatisfying(
                        GoneException.class, gone -> assertThat(gone.isPurged()).isFalse());
        assertThat(client.restore(reference).isDeleted()).isFalse();
        client.purge(ticket.id().toString());
        client.purge(ticket.id().toString());
        assertThat(client.find(ticket.id().toString())).isNull();
        assertThat(client.statistics().retries()).isZero();
    }

    @Test
    void aConflictIsShownAndSettled() {
        String id = client.create("Printer").id().toString();
        // two servers that have not heard of each other's write yet
        List<CompletableFuture<?>> writes = new ArrayList<>();
        boolean conflict = false;
        for (int i = 0; i < 50 && !conflict; i++) {
            writes.clear();
            for (int k = 0; k < 3; k++) {
                String title = "Round " + i + " by " + k;
                // a session each, so that none waits for what another wrote
                writes.add(client.session(client.token()).async().change(id, draft -> draft.title(title)));
            }
            CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new)).join();
            Waiting.until(() ->
                    HOSTS.stream().map(host -> host.node().digest()).distinct().count() == 1);
            conflict = !client.conflicts(id).isEmpty();
        }
        RemoteConflict shown = client.conflicts(id).get(0);
        assertThat(shown.field()).isEqualTo("title");

        RemoteTicket settled = client.settle(id, "title", shown.losers().get(0).value());

        assertThat(io.ticketmesh.json.JsonString.of(settled.title()))
                .isEqualTo(shown.losers().get(0).value());
        assertThat(client.conflicts(id)).isEmpty();
        assertThatThrownBy(() -> client.settle(id, "title", "x")).isInstanceOf(ConflictingStateException.class);
    }

    @Test
    void listsAreWalkedFromServerToServer() {
        String tag = "walk-" + UUID.randomUUID();
        for (int i = 0; i < 25; i++) {
            int number = i;
            Waiting.untilTheClockMoves();
            client.create(
                    "Walk " + i, draft -> draft.tags(tag).priority(number % 2 == 0 ? Priority.LOW : Priority.HIGH));
        }
        List<String> titles = new ArrayList<>();
        RemotePage<RemoteTicket> page = client.list(
                which -> which.tags(tag),
                part -> part.sort("createdAt").limit(10).count());
        assertThat(page.total()).isEqualTo(25);
        while (true) {
            page.items().forEach(ticket -> titles.add(ticket.title()));
            String next = page.next();
            if (next == null) {
                break;
            }
            page = client.list(
                    which -> which.tags(tag),
                    part -> part.sort("createdAt").limit(10).cursor(next));
        }
        assertThat(titles)
                .containsExactlyElementsOf(
                        IntStream.range(0, 25).mapToObj(i -> "Walk " + i).toList());
        assertThat(client.list(which -> which.tags(tag).priority("high"), part -> part.count())
                        .total())
                .isEqualTo(12);
        String view = "{\"title\":\"Walks\",\"query\":\"tag=" + tag + "\",\"shared\":true,\"columns\":[\"key\"]}";
        HOSTS.get(0)
                .send("PUT", "/ticketmesh/views/" + tag, view, "Content-Type", "application/json")
                .is(201);
        Waiting.until(() ->
                HOSTS.stream().allMatch(host -> host.node().views().find(tag).isPresent()));
        assertThat(client.list(which -> which.view(tag), part -> part.count()).total())
                .isEqualTo(25);
    }

    @Test
    void ticketsGoOutAndComeBackIn() throws IOException {
        String tag = "export-" + UUID.randomUUID();
        RemoteTicket ticket = client.create("Exported", draft -> draft.tags(tag));
        byte[] lines;
        try (InputStream stream = client.export(ExportFormat.NDJSON, which -> which.tags(tag))) {
            lines = stream.readAllBytes();
        }
        assertThat(new String(lines, StandardCharsets.UTF_8))
                .contains(ticket.id().toString());
        try (InputStream stream = client.export(ExportFormat.CSV, which -> which.tags(tag))) {
            assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("Exported");
        }
        ImportSource source = ImportSource.ndjson(() -> new ByteArrayInputStream(lines));
        assertThat(client.importFrom(source.dryRun()).total("unchanged")).isEqualTo(1);
        assertThat(client.importFrom(source.createOnly()).total("skipped")).isEqualTo(1);
        String failing = "{\"title\":\"x\",\"queue\":\"No slug\"}\n";
        assertThat(client.importFrom(ImportSource.ndjson(
                                () -> new ByteArrayInputStream(failing.getBytes(StandardCharsets.UTF_8))))
                        .rows()
                        .get(0)
                        .problems()
                        .get(0)
                        .name())
                .isEqualTo("/queue");
    }

    @Test
    void severalOperationsGoInOneRequest() {
        RemoteTicket ticket = client.create("Bulk");
        String id = ticket.id().toString();
        RemoteBulk done = client.bulk(bulk -> bulk.create("Another", draft -> draft.tags("b"))
                .changeIf(id, ticket.etag(), draft -> draft.priority(Priority.HIGH))
                .changeIf(id, ticket.etag(), draft -> draft.priority(Priority.LOW))
                .transition(id, Status.RESOLVED, draft -> draft.resolution("fixed"))
                .comment(id, "Done")
                .delete(id)
                .restore(id));
        assertThat(done.items()).extracting(RemoteBulk.Item::status).containsExactly(201, 200, 412, 200, 200, 204, 200);
        assertThat(done.failed()).isEqualTo(1);
        assertThat(done.items().get(2).problem().code()).isEqualTo("precondition-failed");
        assertThat(client.get(id).etag()).isEqualTo(done.items().get(6).etag());
    }

    @Test
    void serversTellOfThemselves() {
        client.create("Counted", draft -> draft.queue("counted"));
        assertThat(client.counts().queue()).containsEntry("counted", 1L);
        assertThat(client.counts().ages().underOneDay()).isPositive();
        RemoteMeta meta = client.meta();
        assertThat(meta.states()).extracting(RemoteMeta.State::status).contains(Status.NEW, Status.CLOSED);
        assertThat(meta.limits()).containsEntry("titleChars", 255L);
        assertThat(meta.requests().bulkOperations()).isEqualTo(100);
        RemoteMesh mesh = client.mesh();
        assertThat(mesh.members()).hasSize(3).allMatch(RemoteMesh.Member::reachable);
        assertThat(mesh.active()).isEqualTo(3);
        assertThat(client.digest().digest()).isNotEmpty();
        assertThatThrownBy(() -> client.retire(new io.ticketmesh.causality.NodeId(1, 2)))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void writesCanWaitForAllMembers() {
        RemoteTicket ticket = client.acknowledgedBy(Acknowledgement.ALL, Duration.ofSeconds(10))
                .create("Everywhere");
        for (Host host : HOSTS) {
            assertThat(host.get("/tickets/" + ticket.id()).status()).isEqualTo(200);
        }
    }

    @Test
    void anAnswerThatWasLostLeavesOneTicketAndOneChange() throws IOException {
        Host host = HOSTS.get(0);
        try (LossyDoor lossy = new LossyDoor(host)) {
            TicketId chosen = TicketId.of(UUID.randomUUID());
            RemoteTicket ticket = through(lossy, host, each -> each.create("Once"));
            String id = ticket.id().toString();
            through(lossy, host, each -> each.create(chosen, "Chosen", draft -> {}));
            through(lossy, host, each -> each.changeIf(id, ticket.etag(), draft -> draft.title("Once changed")));
            through(lossy, host, each -> each.comment(id, "Said once"));
            through(lossy, host, each -> each.transition(id, Status.RESOLVED));
            through(lossy, host, each -> {
                each.purge(chosen.toString());
                return each;
            });

            assertThat(lossy.lost()).isEqualTo(6);
            RemotePage<RemoteTicket> found =
                    Waiting.answer(() -> client.list(which -> which.query("in:title once")), RemotePage::complete);
            assertThat(found.items()).hasSize(1);
            assertThat(client.get(id).title()).isEqualTo("Once changed");
            assertThat(client.comments(id)).hasSize(1);
            assertThat(client.history(id)).hasSize(4);
            assertThat(client.find(chosen.toString())).isNull();
        }
    }

    /** The first attempt is carried out, and its answer lost; the second reaches the same node by another way. */
    private <T> T through(LossyDoor lossy, Host host, java.util.function.Function<TicketMeshClient, T> call) {
        boolean lossyFirst =
                io.ticketmesh.client.Server.at(lossy.uri()).compareTo(io.ticketmesh.client.Server.at(uri(host))) < 0;
        try (TicketMeshClient each = TicketMeshClient.open(
                builder -> builder.servers(lossy.uri(), uri(host)).firstTurn(lossyFirst ? 0 : 1))) {
            T result = call.apply(each);
            assertThat(each.statistics().retries()).isEqualTo(1);
            return result;
        }
    }

    @Test
    void aServerThatStopsIsLeftWithoutACallThatFails() {
        Host leaving = Host.start();
        Host staying = HOSTS.get(0);
        try (TicketMeshClient each = TicketMeshClient.open(uri(leaving), uri(staying))) {
            for (int i = 0; i < 10; i++) {
                each.counts();
            }
            leaving.close();
            long begin = System.nanoTime();
            for (int i = 0; i < 100; i++) {
                each.counts();
            }
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
            assertThat(each.statistics().quarantines())
                    .as("one, and no more than one for each second, since none is shorter")
                    .isBetween(1L, 1 + seconds);
            assertThat(each.statistics().failedCalls()).isZero();
        }
        assertThatThrownBy(() -> {
                    try (TicketMeshClient each = TicketMeshClient.open(
                            builder -> builder.servers(uri(staying)).ticketsPath("/elsewhere"))) {
                        each.list();
                    }
                })
                .isInstanceOf(TicketMeshClientException.class);
    }
}
