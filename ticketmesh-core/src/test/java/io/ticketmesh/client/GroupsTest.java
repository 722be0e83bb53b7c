package io.ticketmesh.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.bundle.BundleReport;
import io.ticketmesh.client.FakeServer.Heard;
import io.ticketmesh.cluster.Acknowledgement;
import io.ticketmesh.definition.Views.Shelf;
import io.ticketmesh.erasure.ErasureMode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is not about one ticket: what is sent, what is repeated elsewhere, and what is not. */
@Timeout(60)
class GroupsTest {
    private static final String VIEW =
            "{\"name\":\"urgent\",\"title\":\"Urgent\",\"query\":\"\",\"sort\":\"\",\"columns\":[],\"shared\":false,"
                    + "\"owner\":\"alice\",\"updatedBy\":\"alice\",\"updatedAt\":\"2026-01-31T14:05:00.123Z\",\"etag\":\"abc\"}";
    private static final String REPLY =
            "{\"name\":\"more\",\"title\":\"Ask\",\"body\":\"Which?\",\"status\":null,\"resolution\":null,\"tags\":[],"
                    + "\"updatedBy\":\"alice\",\"updatedAt\":\"2026-01-31T14:05:00.123Z\",\"etag\":\"abc\"}";
    private static final String WEBHOOK =
            "{\"id\":\"0198c5a1-7d3e-4a6b-9c1d-2e3f4a5b6c7d\",\"url\":\"https://example.org/\",\"events\":[],"
                    + "\"filter\":\"\",\"description\":\"\",\"active\":true,\"stopped\":null,\"since\":\"2026-01-31T14:05:00.123Z\","
                    + "\"createdAt\":\"2026-01-31T14:05:00.123Z\",\"createdBy\":\"alice\"}";
    private static final String RECEPTION =
            "{\"accepted\":false,\"status\":null,\"millis\":3,\"body\":\"\",\"error\":\"refused\"}";
    private static final String DELIVERY = "{\"id\":\"d-1\",\"eventId\":\"d.1\",\"type\":\"ticket.created\","
            + "\"ticketId\":\"0198c5a1-7d3e-4a6b-9c1d-2e3f4a5b6c7d\",\"key\":\"TM-1\",\"state\":\"delivered\",\"tries\":1,\"nextAt\":null,"
            + "\"attempts\":[]}";
    private static final String INCIDENT =
            "{\"dedupKey\":\"disk\",\"id\":\"0198c5a1-7d3e-4a6b-9c1d-2e3f4a5b6c7d\",\"key\":\"TM-1\"}";
    private static final String ERASURE =
            "{\"id\":\"e-1\",\"mode\":\"redact\",\"pseudonym\":\"erased-1\",\"by\":\"alice\","
                    + "\"at\":\"2026-01-31T14:05:00.123Z\",\"finished\":false,\"tickets\":0,\"comments\":0,\"names\":0,\"complete\":false,"
                    + "\"members\":[]}";
    private static final String REPORT = "{\"operations\":3,\"added\":1,\"known\":2}";

    @TempDir
    Path directory;

    private final List<AutoCloseable> open = new ArrayList<>();

    /** A call with an answer to it. */
    private record Said(String answer, Consumer<TicketMeshClient> call) {
        static Named<Said> as(String name, String answer, Consumer<TicketMeshClient> call) {
            return Named.of(name, new Said(answer, call));
        }
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private FakeServer fake(FakeServer.Script script) {
        FakeServer server = FakeServer.start(script);
        open.add(0, server);
        return server;
    }

    private RawServer lost() {
        RawServer server = RawServer.resettingAfter("");
        open.add(0, server);
        return server;
    }

    /** Begins with the first of the servers. */
    private TicketMeshClient client(URI... servers) {
        List<URI> sorted =
                Stream.of(servers).map(Server::at).sorted().map(Server::address).toList();
        TicketMeshClient client =
                TicketMeshClient.open(builder -> builder.servers(servers).firstTurn(sorted.indexOf(servers[0])));
        open.add(0, client);
        return client;
    }

    static Stream<Named<Said>> whatCountsEachTime() {
        return Stream.of(
                Said.as("views.create", VIEW, client -> client.views().create("urgent", view -> view.title("Urgent"))),
                Said.as(
                        "views.putIf",
                        VIEW,
                        client -> client.views().putIf("urgent", "abc", view -> view.title("Urgent"))),
                Said.as("views.removeIf", "", client -> client.views().removeIf(Shelf.OWN, "urgent", "abc")),
                Said.as(
                        "replies.create",
                        REPLY,
                        client -> client.replies().create("more", reply -> reply.title("Ask"))),
                Said.as(
                        "replies.putIf",
                        REPLY,
                        client -> client.replies().putIf("more", "abc", reply -> reply.title("Ask"))),
                Said.as("replies.removeIf", "", client -> client.replies().removeIf("more", "abc")),
                Said.as("webhooks.rotate", WEBHOOK, client -> client.webhooks().rotate("w-1")),
                Said.as("webhooks.ping", RECEPTION, client -> client.webhooks().ping("w-1")),
                Said.as(
                        "incidents.report",
                        INCIDENT,
                        client -> client.incidents().report("disk")));
    }

    static Stream<Named<Said>> whatSaysTheSameAgain() {
        return Stream.of(
                Said.as("views.put", VIEW, client -> client.views().put("urgent", view -> view.title("Urgent"))),
                Said.as("views.remove", "", client -> client.views().remove(Shelf.SHARED, "urgent")),
                Said.as("replies.put", REPLY, client -> client.replies().put("more", reply -> reply.title("Ask"))),
                Said.as("replies.remove", "", client -> client.replies().remove("more")),
                Said.as(
                        "webhooks.create",
                        WEBHOOK,
                        client -> client.webhooks().create(URI.create("https://example.org"))),
                Said.as(
                        "webhooks.change",
                        WEBHOOK,
                        client -> client.webhooks().change("w-1", draft -> draft.active(false))),
                Said.as("webhooks.delete", "", client -> client.webhooks().delete("w-1")),
                Said.as(
                        "webhooks.redeliver",
                        DELIVERY,
                        client -> client.webhooks().redeliver("w-1", "d-1")),
                Said.as("erasures.erase", ERASURE, client -> client.erasures().erase("mallory", ErasureMode.PURGE)),
                Said.as("bundle.read", REPORT, client -> client.bundle().read(GroupsTest::content)));
    }

    private static ByteArrayInputStream content() {
        return new ByteArrayInputStream("TMBUNDLE".getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("whatCountsEachTime")
    void whatCountsEachTimeIsNotRepeatedWhenItMayHaveBeenCarriedOut(Said said) {
        FakeServer good = fake(FakeServer.json(200, said.answer()));
        TicketMeshClient client = client(lost().uri(), good.uri());

        assertThatThrownBy(() -> said.call().accept(client))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("cannot be repeated");
        assertThat(good.heard()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("whatCountsEachTime")
    void itGoesToAnotherServerWhenItWasCertainlyNotCarriedOut(Said said) {
        FakeServer good = fake(FakeServer.json(200, said.answer()));

        said.call().accept(client(fake(FakeServer.problem(503, "read-only")).uri(), good.uri()));
        said.call().accept(client(Shown.nowhere(), good.uri()));

        assertThat(good.heard()).hasSize(2);
        assertThat(good.heard()).noneMatch(heard -> heard.has("Idempotency-Key"));
    }

    @ParameterizedTest
    @MethodSource("whatSaysTheSameAgain")
    void whatSaysTheSameAgainIsRepeatedElsewhere(Said said) {
        FakeServer good = fake(FakeServer.json(200, said.answer()));
        TicketMeshClient client = client(lost().uri(), good.uri());

        said.call().accept(client);

        assertThat(good.heard()).hasSize(1);
        assertThat(client.statistics().retries()).isEqualTo(1);
    }

    @Test
    void onlyWhatIsWrittenIntoTicketsWaitsForOtherMembers() {
        FakeServer server = fake(FakeServer.json(200, "{}"));
        TicketMeshClient client = client(server.uri()).acknowledgedBy(Acknowledgement.MAJORITY, Duration.ofSeconds(1));

        Stream.concat(whatCountsEachTime(), whatSaysTheSameAgain()).forEach(said -> {
            server.then(FakeServer.json(200, said.getPayload().answer()));
            said.getPayload().call().accept(client);
            assertThat(server.last().has("TicketMesh-Acks")).as(said.getName()).isFalse();
        });
        server.then(FakeServer.json(
                201,
                "{\"id\":\"0198c5a1-7d3e-7a6b-9c1d-2e3f4a5b6c7d\",\"kind\":\"public\",\"author\":\"alice\","
                        + "\"createdAt\":\"2026-01-31T14:05:00.123Z\",\"body\":\"Which?\"}"));
        client.replies().send("TM-1", "more");
        assertThat(server.last().header("TicketMesh-Acks")).isEqualTo("majority");
        assertThat(server.last().has("Idempotency-Key")).isTrue();
    }

    @Test
    void aViewIsAlwaysRemovedFromTheShelfThatIsMeant() {
        FakeServer server = fake(FakeServer.answer(204, "application/json", ""));
        TicketMeshClient client = client(server.uri());

        client.views().remove(Shelf.OWN, "urgent");
        assertThat(server.last().query()).isEqualTo("shared=false");
        client.views().removeIf(Shelf.SHARED, "urgent", "abc");
        assertThat(server.last().query()).isEqualTo("shared=true");
        assertThat(server.last().header("If-Match")).isEqualTo("\"abc\"");
    }

    @Test
    void aViewIsSaidInTheWordsOfLists() {
        FakeServer server = fake(FakeServer.json(201, VIEW));

        client(server.uri())
                .views()
                .put(
                        "urgent",
                        view -> view.title("Urgent")
                                .which(which -> which.priority("urgent", "high").assignee("@me"))
                                .sort("-priority", "updatedAt")
                                .columns("key", "title")
                                .shared());

        assertThat(server.last().body())
                .isEqualTo(
                        "{\"title\":\"Urgent\",\"query\":\"priority=urgent%2Chigh&assignee=%40me\",\"sort\":\"-priority,updatedAt\","
                                + "\"columns\":[\"key\",\"title\"],\"shared\":true}");
    }

    @Test
    void theSecretOfAWebhookIsKnownAlsoWhenTheAnswerDoesNotTellIt() {
        FakeServer server = fake(FakeServer.json(201, WEBHOOK, "Idempotent-Replayed", "true"));
        TicketMeshClient client = client(server.uri());

        RemoteWebhook one = client.webhooks().create(URI.create("https://example.org/"));
        RemoteWebhook two = client.webhooks().create(URI.create("https://example.org/"));
        RemoteWebhook chosen =
                client.webhooks().create(URI.create("https://example.org/"), draft -> draft.secret("whsec_known"));

        for (Heard heard : server.heard()) {
            assertThat(heard.body()).contains("\"secret\":\"whsec_");
        }
        assertThat(one.secret()).startsWith("whsec_").hasSize(50).isNotEqualTo(two.secret());
        assertThat(server.heard().get(0).body()).contains("\"" + one.secret() + "\"");
        assertThat(chosen.secret()).isEqualTo("whsec_known");
        assertThat(one.toString()).doesNotContain("whsec_");
    }

    @Test
    void aReceiverMayBeSlowerThanAServer() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        FakeServer server = fake(exchange -> {
            if (exchange.getRequestMethod().equals("GET") || answered.await(30, TimeUnit.SECONDS)) {
                FakeServer.json(200, RECEPTION).answer(exchange);
            }
        });
        RawServer silent = RawServer.silentAfter("");
        open.add(0, silent);
        try (TicketMeshClient client = TicketMeshClient.open(
                        builder -> builder.servers(server.uri()).attemptTimeout(Duration.ofMillis(200)));
                TicketMeshClient other = TicketMeshClient.open(builder -> builder.servers(silent.uri())
                        .attemptTimeout(Duration.ofMillis(200))
                        .maxAttempts(1))) {
            CompletableFuture<RemoteReception> ping = client.async().webhooks().ping("w-1");
            assertThatThrownBy(() -> other.get("TM-1"))
                    .as("a server that takes as long")
                    .isInstanceOf(UnreachableException.class);
            answered.countDown();

            assertThat(ping.get(30, TimeUnit.SECONDS).error()).isEqualTo("refused");
        }
    }

    @Test
    void aBundleComesFromAServerThatHoldsAllOperations() throws IOException {
        FakeServer late = fake(FakeServer.problem(409, "incomplete-node"));
        FakeServer whole = fake(FakeServer.answer(200, "application/vnd.ticketmesh.bundle", "operations"));
        Path file = Files.writeString(directory.resolve("tickets.bundle"), "an older one that is longer");

        assertThat(client(late.uri(), whole.uri()).bundle().write(file)).isEqualTo(10);

        assertThat(file).hasContent("operations");
        assertThat(directory).isDirectoryContaining(file::equals);
        assertThat(directory.toFile().list()).hasSize(1);
    }

    @Test
    void aBundleThatIsCutLeavesTheFileAsItWas() throws IOException {
        RawServer cut = RawServer.resettingAfter("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nopera\r\n");
        open.add(0, cut);
        FakeServer whole = fake(FakeServer.answer(200, "application/vnd.ticketmesh.bundle", "operations"));
        Path file = Files.writeString(directory.resolve("tickets.bundle"), "older");
        TicketMeshClient client = client(cut.uri(), whole.uri());

        assertThatThrownBy(() -> client.bundle().write(file)).isInstanceOf(IOException.class);

        assertThat(file).hasContent("older");
        assertThat(directory.toFile().list()).hasSize(1);
    }

    @Test
    void aBundleIsReadFromItsBeginningByEachServer() throws IOException {
        FakeServer good = fake(FakeServer.json(200, REPORT));
        Path file = Files.writeString(directory.resolve("tickets.bundle"), "operations");
        TicketMeshClient client = client(lost().uri(), good.uri());

        BundleReport report = client.bundle().read(file);

        assertThat(report).isEqualTo(new BundleReport(3, 1));
        assertThat(good.last().body()).isEqualTo("operations");
        assertThat(good.last().header("Content-Type")).isEqualTo("application/vnd.ticketmesh.bundle");
    }

    @Test
    void whatCannotBeReadHereIsNoFaultOfAServer() {
        FakeServer server = fake(FakeServer.json(200, REPORT));
        TicketMeshClient client = client(server.uri());
        Path missing = directory.resolve("missing");

        assertThatThrownBy(() -> client.bundle().read(missing))
                .isInstanceOf(UncheckedIOException.class)
                .hasRootCauseInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> client.attach("TM-1", missing)).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> client.bundle().read(GroupsTest::breaking))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("the disk is gone");
        assertThat(server.heard()).isEmpty();
        assertThat(client.statistics().serversInTrouble()).isZero();
    }

    /** Some bytes, and then none that can be read. */
    private static InputStream breaking() {
        return new SequenceInputStream(content(), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the disk is gone");
            }
        });
    }

    @Test
    void whatNoServerCanTellAnyMoreIsAReset() {
        FakeServer server =
                fake(FakeServer.json(410, "{\"status\":410,\"code\":\"changes-gone\",\"reset\":true,\"next\":\"m2\"}"));

        RemoteChanges changes = client(server.uri()).changes(which -> which.queue("printers"), "m1");

        assertThat(changes.reset()).isTrue();
        assertThat(changes.next()).isEqualTo("m2");
        assertThat(changes.events()).isEmpty();
        assertThat(server.last().query()).isEqualTo("queue=printers&since=m1");
    }

    @Test
    void absenceIsNull() {
        FakeServer server = fake(FakeServer.problem(404, "not-found"));
        TicketMeshClient client = client(server.uri());

        assertThat(client.views().find("urgent")).isNull();
        assertThat(client.views().find(Shelf.OWN, "urgent")).isNull();
        assertThat(client.replies().find("more")).isNull();
        assertThat(client.erasures().find("e-1")).isNull();
        assertThatThrownBy(() -> client.views().get("urgent")).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> client.webhooks().find("w-1")).isInstanceOf(NotFoundException.class);
        server.then(FakeServer.problem(404, "unknown-webhook"));
        assertThat(client.webhooks().find("w-1")).isNull();
        assertThatThrownBy(() -> client.webhooks().delete("w-1")).isInstanceOf(NotFoundException.class);
    }
}
