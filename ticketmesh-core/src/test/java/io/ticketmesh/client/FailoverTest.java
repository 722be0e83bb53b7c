package io.ticketmesh.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ticketmesh.Waiting;
import io.ticketmesh.client.FakeServer.Heard;
import io.ticketmesh.client.ServerDirectory.Listing;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What servers can do wrong, and that callers hear nothing of it as long as another server can answer. */
@Timeout(60)
class FailoverTest {
    private static String ticket;
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<Attempt> attempts = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void show() {
        ticket = Shown.ticket("Printer");
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

    private FakeServer good() {
        return fake(FakeServer.json(200, ticket));
    }

    private TicketMeshClient client(URI... servers) {
        return client(builder -> {}, servers);
    }

    /** Begins with the first of the servers. */
    private TicketMeshClient client(Consumer<TicketMeshClient.Builder> more, URI... servers) {
        List<URI> sorted =
                Stream.of(servers).map(Server::at).sorted().map(Server::address).toList();
        TicketMeshClient client = TicketMeshClient.open(builder -> {
            builder.servers(servers).firstTurn(sorted.indexOf(servers[0])).onAttempt(attempts::add);
            more.accept(builder);
        });
        open.add(0, client);
        return client;
    }

    private RawServer raw(RawServer server) {
        open.add(0, server);
        return server;
    }

    @Test
    void aServerThatIsNotThereIsPassedOverAndThenLeftAlone() {
        FakeServer good = good();
        URI nowhere = Shown.nowhere();
        TicketMeshClient client = client(good.uri(), nowhere);

        client.get("TM-1"); // a first call takes long, and a server is left alone for a second only
        assertThat(client.get("TM-1").title()).isEqualTo("Printer");
        client.get("TM-1");

        assertThat(attempts)
                .extracting(attempt -> attempt.server().address())
                .filteredOn(nowhere::equals)
                .hasSize(1);
        assertThat(client.statistics().quarantines()).isEqualTo(1);
        assertThat(client.statistics().retries()).isEqualTo(1);
        assertThat(client.statistics().serversInTrouble()).isEqualTo(1);
        assertThat(client.statistics().calls()).isEqualTo(3);
        assertThat(client.statistics().failedCalls()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\nContent-Length: 100",
                "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"id\":",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"id\"\r\n",
                "SMTP ready\r\n\r\n"
            })
    void aConnectionThatIsResetInTheMiddleIsRepeatedElsewhere(String bytes) {
        RawServer broken = raw(RawServer.resettingAfter(bytes));
        FakeServer good = good();

        assertThat(client(broken.uri(), good.uri()).get("TM-1").title()).isEqualTo("Printer");

        assertThat(broken.requests())
                .as("the JDK tries a GET once more by itself")
                .isBetween(1, 2);
    }

    @ParameterizedTest
    @CsvSource({"502,''", "503,''", "504,''", "503,overloaded", "503,write-timeout"})
    void aServerThatSaysThatItFailedIsLeftAlone(int status, String code) {
        FakeServer failing = fake(FakeServer.problem(status, code, "Retry-After", "30"));
        FakeServer good = good();
        TicketMeshClient client = client(failing.uri(), good.uri());

        assertThat(client.get("TM-1").title()).isEqualTo("Printer");
        client.get("TM-1");

        assertThat(failing.heard()).hasSize(1);
        assertThat(client.statistics().quarantines()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"503,read-only", "503,search-unavailable", "409,request-in-flight", "429,''"})
    void aServerThatIsWellButCannotIsAskedAgainNextTime(int status, String code) {
        FakeServer limited = fake(FakeServer.problem(status, code));
        FakeServer good = good();
        TicketMeshClient client = client(limited.uri(), good.uri());

        client.change("TM-1", draft -> draft.title("Printer"));
        client.get("TM-1");
        client.get("TM-1");

        assertThat(limited.heard()).hasSizeGreaterThan(1);
        assertThat(client.statistics().quarantines()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"})
    void aServerThatHangsCostsOneAttempt(String bytes) {
        RawServer hanging = raw(RawServer.silentAfter(bytes));
        FakeServer good = good();
        TicketMeshClient client =
                client(builder -> builder.attemptTimeout(Duration.ofSeconds(2)), good.uri(), hanging.uri());

        client.get("TM-1"); // a first call takes long, and a server is left alone for a second only
        assertThat(client.get("TM-1").title()).isEqualTo("Printer");
        client.get("TM-1");

        assertThat(hanging.requests()).isEqualTo(1);
        assertThat(client.statistics().quarantines()).isEqualTo(1);
        assertThat(client.statistics().retries()).isEqualTo(1);
    }

    @Test
    void aCallEndsInTimeAndTellsWhoWasTriedAndWhyEachFailed() {
        RawServer hanging = raw(RawServer.silentAfter(""));
        URI nowhere = Shown.nowhere();
        TicketMeshClient client = client(
                builder -> builder.attemptTimeout(Duration.ofMillis(150))
                        .callTimeout(Duration.ofSeconds(3))
                        .maxAttempts(1_000), // so that nothing but the time ends it
                hanging.uri(),
                nowhere);
        long begin = System.nanoTime();

        UnreachableException failure = catchThrowableOfType(UnreachableException.class, () -> client.create("Printer"));

        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofMillis(150), Duration.ofSeconds(20));
        assertThat(failure.isUnsent()).isFalse();
        assertThat(failure.attempts())
                .extracting(attempt -> attempt.server().address())
                .contains(hanging.uri(), nowhere);
        assertThat(failure).hasMessageContaining("POST /tickets").hasMessageContaining(nowhere.toString());
        assertThat(failure.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(FailoverTest.class.getName()));
        Waiting.until(() -> client.statistics().failedCalls() == 1);
        Waiting.until(() -> client.statistics().callsUnderWay() == 0);
    }

    @Test
    void aDeadlineThatIsShorterThanAServerMayTakeBlamesNoServer() {
        RawServer hanging = raw(RawServer.silentAfter(""));
        TicketMeshClient client = client(builder -> builder.callTimeout(Duration.ofMillis(100)), hanging.uri());

        assertThatThrownBy(() -> client.get("TM-1")).isInstanceOf(UnreachableException.class);

        assertThat(client.statistics().quarantines()).isZero();
    }

    @Test
    void nothingWasSentWhereNobodyListens() {
        TicketMeshClient client = client(builder -> builder.maxAttempts(3), Shown.nowhere());

        UnreachableException failure = catchThrowableOfType(UnreachableException.class, () -> client.create("Printer"));

        assertThat(failure.isUnsent()).isTrue();
        assertThat(failure.attempts()).hasSize(3);
    }

    @Test
    void theOnlyServerIsAskedAgainAfterAMoment() {
        FakeServer only = fake(FakeServer.problem(503, "overloaded"));
        only.then(exchange -> {
            only.then(FakeServer.json(200, ticket));
            FakeServer.problem(503, "overloaded").answer(exchange);
        });

        assertThat(client(only.uri()).get("TM-1").title()).isEqualTo("Printer");
        assertThat(only.heard()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "{\"id\":12}", "<html>Please log in</html>", "{\"title\":\"only\"}"})
    void anAnswerThatCannotBeReadIsNoAnswer(String garbage) {
        FakeServer broken = fake(FakeServer.json(200, garbage));
        FakeServer good = good();

        assertThat(client(broken.uri(), good.uri()).get("TM-1").title()).isEqualTo("Printer");

        UnreachableException failure = catchThrowableOfType(
                UnreachableException.class,
                () -> client(builder -> builder.maxAttempts(1), broken.uri()).get("TM-1"));
        assertThat(failure).hasMessageContaining("cannot be read");
    }

    @Test
    void aRedirectionIsNotFollowed() {
        FakeServer elsewhere = good();
        FakeServer moved = fake(FakeServer.answer(302, "text/html", "", "Location", elsewhere.uri() + "/tickets/TM-1"));
        TicketMeshClient client = client(
                builder -> builder.bearerToken("secret")
                        .http(http -> http.followRedirects(java.net.http.HttpClient.Redirect.ALWAYS))
                        .maxAttempts(1),
                moved.uri());

        assertThatThrownBy(() -> client.get("TM-1"))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("redirection");
        assertThat(moved.last().header("Authorization")).isEqualTo("Bearer secret");
        assertThat(elsewhere.heard()).isEmpty();
    }

    @Test
    void anAnswerThatIsTooLargeIsNotTakenIntoMemory() {
        FakeServer large = fake(exchange -> {
            exchange.sendResponseHeaders(200, 0); // chunked
            byte[] chunk = new byte[1 << 16];
            for (int i = 0; i < 1 << 14; i++) {
                exchange.getResponseBody().write(chunk);
            }
        });
        TicketMeshClient client = client(builder -> builder.maxAnswer(100_000), large.uri());

        assertThatThrownBy(() -> client.list())
                .isInstanceOf(AnswerTooLargeException.class)
                .hasMessageContaining("100000");
        assertThat(large.heard()).hasSize(1);
        assertThat(client.statistics().quarantines()).isZero();
    }

    @Test
    void aRepetitionCarriesTheSameKeyAndAnotherCallAnother() {
        FakeServer failing = fake(FakeServer.problem(503, "overloaded"));
        FakeServer good = fake(FakeServer.json(201, ticket));
        TicketMeshClient client = client(failing.uri(), good.uri());

        client.create("Printer");
        String key = failing.last().header("Idempotency-Key");
        assertThat(key).hasSizeGreaterThan(20);
        assertThat(good.last().header("Idempotency-Key")).isEqualTo(key);
        assertThat(good.last().body()).isEqualTo(failing.last().body()).isEqualTo("{\"title\":\"Printer\"}");

        client.create("Printer");
        assertThat(good.last().header("Idempotency-Key")).isNotEqualTo(key);
    }

    @Test
    void everyWriteThatIsNotIdempotentByItselfHasAKey() {
        FakeServer good = good();
        TicketMeshClient client = client(good.uri());

        client.change("TM-1", draft -> draft.title("x"));
        client.changeIf("TM-1", "abc", draft -> draft.title("x"));
        assertThat(good.last().header("If-Match")).isEqualTo("\"abc\"");
        client.transition("TM-1", io.ticketmesh.ticket.Status.OPEN);
        client.merge("TM-1", "TM-2");
        client.restore("TM-1");
        client.settle("TM-1", "title", "x");
        client.tag("TM-1", "hot");
        client.delete("TM-1");

        for (Heard heard : good.heard()) {
            boolean idempotent = heard.method().equals("PUT") || heard.method().equals("DELETE");
            assertThat(heard.has("Idempotency-Key")).as(heard.method()).isNotEqualTo(idempotent);
        }
    }

    @Test
    void aChangeOfACertainStateIsRepeatedOnlyUnderAKey() {
        FakeServer good = good();
        RawServer lost = raw(RawServer.resettingAfter(""));

        assertThatThrownBy(() -> client(lost.uri(), good.uri()).onlyIf("abc").delete("TM-1"))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("cannot be repeated");
        assertThat(good.heard()).isEmpty();

        TicketMeshClient client = client(lost.uri(), good.uri());
        client.onlyIf("abc").restore("TM-1");
        assertThat(good.last().header("If-Match")).isEqualTo("\"abc\"");
        client.onlyIf("abc").changeIf("TM-1", "def", draft -> draft.title("x"));
        assertThat(good.last().header("If-Match")).isEqualTo("\"def\"");
        client.onlyIf("abc").untag("TM-1", "hot");
        assertThat(good.last().header("If-Match")).isEqualTo("\"abc\"");
        client.onlyIf("abc").create("Other");
        assertThat(good.last().has("If-Match")).isFalse();
        assertThatThrownBy(() -> client.onlyIf("a b")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anImportIsNotRepeatedOnceSomethingOfItArrived() {
        RawServer broken = raw(RawServer.resettingAfter(""));
        FakeServer good = good();
        TicketMeshClient client = client(broken.uri(), good.uri());
        List<Integer> opened = new ArrayList<>();
        ImportSource source = ImportSource.ndjson(() -> {
            opened.add(1);
            return new java.io.ByteArrayInputStream(
                    "{\"title\":\"x\"}\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        });

        assertThatThrownBy(() -> client.importFrom(source))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("cannot be repeated");
        assertThat(good.heard()).isEmpty();
    }

    @Test
    void anImportIsRepeatedWhenNobodyListened() {
        FakeServer good = fake(
                FakeServer.json(
                        200,
                        "{\"dryRun\":true,\"totals\":{\"rows\":1,\"created\":1},\"fault\":null,\"rows\":[{\"row\":1,\"action\":\"created\","
                                + "\"id\":null,\"key\":null,\"externalId\":\"x\",\"problems\":[],\"notes\":[\"cut\"]}],\"rowsOmitted\":0}"));
        TicketMeshClient client = client(Shown.nowhere(), good.uri());

        RemoteImport report = client.importFrom(ImportSource.csv(() -> new java.io.ByteArrayInputStream(
                        "title\nx\n".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .dryRun()
                .createOnly());

        assertThat(report.total("created")).isEqualTo(1);
        assertThat(report.rows().get(0).notes()).containsExactly("cut");
        assertThat(good.last().query()).isEqualTo("mode=create&dryRun=true");
        assertThat(good.last().body()).isEqualTo("title\nx\n");
        assertThat(good.last().header("Content-Type")).isEqualTo("text/csv");
    }

    @Test
    void aPurgeWhoseAnswerWasLostIsDoneWhenTheTicketIsUnknownAfterwards() {
        RawServer lost = raw(RawServer.resettingAfter(""));
        FakeServer after = fake(FakeServer.problem(404, "unknown-ticket"));
        TicketMeshClient client = client(lost.uri(), after.uri());

        client.purge("TM-1");

        assertThat(after.heard()).hasSize(1);
        assertThatThrownBy(() -> client.purge("TM-1")).isInstanceOf(NotFoundException.class);
    }

    @Test
    void whenAllServersSayNoTheLastProblemIsTold() {
        FakeServer one = fake(FakeServer.problem(503, "read-only"));
        FakeServer two = fake(FakeServer.problem(503, "read-only"));
        TicketMeshClient client = client(builder -> builder.maxAttempts(4), one.uri(), two.uri());

        UnavailableException failure = catchThrowableOfType(UnavailableException.class, () -> client.create("Printer"));

        assertThat(failure.problem().code()).isEqualTo("read-only");
        assertThat(failure.attempts()).hasSize(4);
        assertThat(one.heard()).hasSize(2);
    }

    @Test
    void callsGoRoundEvenly() {
        FakeServer[] servers = {good(), good(), good()};
        TicketMeshClient client =
                client(Arrays.stream(servers).map(FakeServer::uri).toArray(URI[]::new));

        for (int i = 0; i < 300; i++) {
            client.get("TM-1");
        }

        for (FakeServer server : servers) {
            assertThat(server.heard()).hasSize(100);
        }
    }

    @Test
    void aServerThatDrainsGetsNothingNewAndFinishesWhatItHas() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        FakeServer leaving = fake(exchange -> {
            arrived.countDown();
            finish.await();
            FakeServer.json(200, ticket).answer(exchange);
        });
        FakeServer staying = good();
        Server first = Server.at(leaving.uri());
        Server second = Server.at(staying.uri());
        AtomicReference<Listing> listing = new AtomicReference<>(new Listing(List.of(first), false));
        TicketMeshClient client = client(builder -> builder.directory(following(listing)), leaving.uri());

        var underWay = client.async().get("TM-1");
        arrived.await();
        Server draining = new Server(first.node(), first.incarnation(), first.address(), true);
        listing.set(new Listing(List.of(draining, second), true));
        for (int i = 0; i < 10; i++) {
            client.get("TM-1");
        }
        finish.countDown();

        assertThat(underWay.get().title()).isEqualTo("Printer");
        assertThat(leaving.heard()).hasSize(1);
        assertThat(staying.heard()).hasSize(10);
        assertThat(client.statistics().listingStale()).isTrue();
        assertThat(client.statistics().quarantines()).isZero();
    }

    private static ServerDirectory following(AtomicReference<Listing> listing) {
        return new ServerDirectory() {
            @Override
            public Listing listing() {
                return listing.get();
            }

            @Override
            public void close() {
                listing.set(new Listing(List.of(), true));
            }
        };
    }

    @Test
    void withoutAnyServerACallFailsAtOnce() {
        AtomicReference<Listing> nobody = new AtomicReference<>(new Listing(List.of(), true));
        TicketMeshClient client = client(builder -> builder.directory(following(nobody)), Shown.nowhere());

        assertThatThrownBy(() -> client.get("TM-1"))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("no server is known");
    }

    @Test
    void aListenerThatFailsDisturbsNobody() {
        FakeServer good = good();
        TicketMeshClient client = client(
                builder -> builder.onAttempt(attempt -> {
                    throw new IllegalStateException("listener");
                }),
                good.uri());

        assertThat(client.get("TM-1").title()).isEqualTo("Printer");
    }
}
