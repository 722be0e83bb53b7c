package io.ticketmesh.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.Waiting;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Limits, and how calls, streams and the client itself end. */
@Timeout(60)
class EndingTest {
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private TicketMeshClient client(java.util.function.Consumer<TicketMeshClient.Builder> more, URI server) {
        TicketMeshClient client = TicketMeshClient.open(builder -> {
            builder.servers(server);
            more.accept(builder);
        });
        open.add(0, client);
        return client;
    }

    private RawServer raw(String bytes) {
        RawServer server = RawServer.silentAfter(bytes);
        open.add(server);
        return server;
    }

    private FakeServer fake(FakeServer.Script script) {
        FakeServer server = FakeServer.start(script);
        open.add(server);
        return server;
    }

    @Test
    void callsBeyondTheLimitAreRefusedAtOnce() {
        RawServer hanging = raw("");
        TicketMeshClient client = client(builder -> builder.maxCalls(2), hanging.uri());
        CompletableFuture<RemoteTicket> one = client.async().get("TM-1");
        CompletableFuture<RemoteTicket> two = client.async().get("TM-1");

        assertThatThrownBy(() -> client.get("TM-1")).isInstanceOf(BusyException.class);
        assertThat(client.statistics().rejectedCalls()).isEqualTo(1);
        assertThat(client.statistics().callsUnderWay()).isEqualTo(2);

        one.cancel(true);
        two.cancel(true);
        assertThat(client.statistics().callsUnderWay()).isZero();
        assertThat(client.async().get("TM-1")).isNotDone();
    }

    @Test
    void closingEndsWhatIsUnderWay() {
        RawServer hanging = raw("");
        Duration minute = Duration.ofMinutes(1);
        TicketMeshClient client =
                client(builder -> builder.attemptTimeout(minute).callTimeout(minute), hanging.uri());
        CompletableFuture<RemoteTicket> pending = client.async().get("TM-1");
        Waiting.until(() -> hanging.requests() == 1);
        long begin = System.nanoTime();

        client.close();

        assertThatThrownBy(pending::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(ClosedException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
        assertThatThrownBy(() -> client.get("TM-1")).isInstanceOf(ClosedException.class);
        client.close();
        assertThat(client.statistics().callsUnderWay()).isZero();
    }

    @Test
    void noThreadOutlivesItsClient() {
        FakeServer server = fake(FakeServer.json(200, Shown.ticket("Printer")));
        RawServer hanging = raw("");
        List<Thread> before = threads();
        for (int i = 0; i < 5; i++) {
            TicketMeshClient client = TicketMeshClient.open(server.uri());
            client.get("TM-1");
            client.close();
            TicketMeshClient other = TicketMeshClient.open(hanging.uri());
            CompletableFuture<?> pending = other.async().get("TM-1");
            other.close();
            assertThatThrownBy(pending::get).hasCauseInstanceOf(ClosedException.class);
        }
        Waiting.until(() -> {
            System.gc(); // the thread of the JDK's client ends when nobody refers to it
            return threads().stream().noneMatch(thread -> !before.contains(thread));
        });
    }

    private static List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("ticketmesh-client")
                        || thread.getName().startsWith("HttpClient-"))
                .toList();
    }

    @Test
    void anInterruptedThreadStopsWaitingAndStaysInterrupted() throws Exception {
        RawServer hanging = raw("");
        TicketMeshClient client = client(builder -> {}, hanging.uri());
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        CountDownLatch ended = new CountDownLatch(1);
        Thread thread = new Thread(() -> {
            try {
                client.get("TM-1");
            } catch (InterruptedCallException interruption) {
                if (Thread.currentThread().isInterrupted()) {
                    thrown.set(interruption);
                }
            }
            ended.countDown();
        });
        thread.start();
        Waiting.until(() -> hanging.requests() == 1);

        thread.interrupt();

        assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(thrown.get()).isInstanceOf(InterruptedCallException.class);
        assertThat(client.statistics().callsUnderWay()).isZero();
    }

    @Test
    void whatDependsOnATimeoutDoesNotHoldUpOtherTimers() throws Exception {
        RawServer hanging = raw("");
        TicketMeshClient client =
                client(builder -> builder.attemptTimeout(Duration.ofMillis(100)).maxAttempts(1), hanging.uri());
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch blocking = new CountDownLatch(1);
        client.async().get("TM-1").whenComplete((ticket, failure) -> {
            blocking.countDown();
            try {
                release.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(blocking.await(20, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<String> timer =
                new CompletableFuture<String>().completeOnTimeout("rang", 1, TimeUnit.MILLISECONDS);
        assertThat(timer.get(20, TimeUnit.SECONDS)).isEqualTo("rang");
        release.countDown();
    }

    @Test
    void whatDependsOnAnAnswerMayCallAndWaitAgain() throws Exception {
        FakeServer server = fake(FakeServer.json(200, Shown.ticket("Printer")));
        TicketMeshClient client = client(builder -> builder.callTimeout(Duration.ofSeconds(20)), server.uri());
        CompletableFuture<String> chain = client.async()
                .get("TM-1")
                .thenApply(ticket -> client.get("TM-1"))
                .thenApply(ticket -> client.get("TM-1").title());
        assertThat(chain.get(15, TimeUnit.SECONDS)).isEqualTo("Printer");
        assertThat(client.statistics().retries()).isZero();
    }

    @Test
    void anExportIsReadAsItComes() throws IOException {
        String lines = "{\"title\":\"a\"}\n{\"title\":\"b\"}\n";
        FakeServer server = fake(FakeServer.answer(200, "application/x-ndjson", lines));
        TicketMeshClient client = client(builder -> builder.maxAnswer(10), server.uri());
        try (InputStream stream = client.export(ExportFormat.NDJSON, which -> which.status("open"))) {
            assertThat(client.statistics().callsUnderWay()).isEqualTo(1);
            assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(lines);
        }
        assertThat(server.last().header("Accept")).isEqualTo("application/x-ndjson");
        assertThat(server.last().query()).isEqualTo("status=open");
        assertThat(client.statistics().callsUnderWay()).isZero();
    }

    @Test
    void anExportThatFallsSilentFailsInsteadOfWaitingForEver() throws IOException {
        RawServer stuck = raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n");
        TicketMeshClient client = client(builder -> builder.streamSilence(Duration.ofSeconds(2)), stuck.uri());
        try (InputStream stream = client.export(ExportFormat.CSV, which -> {})) {
            assertThat(stream.readNBytes(5)).hasSize(5);
            assertThatThrownBy(stream::read).isInstanceOf(IOException.class).hasMessageContaining("sent nothing");
        }
        assertThat(client.statistics().callsUnderWay()).isZero();
    }

    @Test
    void anExportThatIsCutOffDoesNotLookComplete() throws IOException {
        RawServer cut = RawServer.resettingAfter("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n");
        open.add(cut);
        TicketMeshClient client = client(builder -> builder.maxAttempts(1), cut.uri());
        assertThatThrownBy(() -> {
                    try (InputStream stream = client.export(ExportFormat.CSV, which -> {})) {
                        stream.readAllBytes();
                    } catch (UnreachableException early) {
                        throw new IOException(early); // the reset overtook the head
                    }
                })
                .isInstanceOf(IOException.class);
    }

    @Test
    void anExportEndsWithItsClient() throws Exception {
        RawServer stuck = raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n");
        TicketMeshClient client = client(builder -> {}, stuck.uri());
        InputStream stream = client.export(ExportFormat.CSV, which -> {});
        assertThat(stream.readNBytes(5)).hasSize(5);
        client.close();
        assertThatThrownBy(stream::read).isInstanceOf(IOException.class).hasMessageContaining("closed");
        stream.close();
    }

    @Test
    void anExportThatIsRefusedIsARefusal() {
        FakeServer server = fake(FakeServer.problem(400, "invalid-parameter"));
        TicketMeshClient client = client(builder -> {}, server.uri());
        assertThatThrownBy(() -> client.export(ExportFormat.CSV, which -> which.status("x")))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void settingsThatCannotBeMeantAreRefused() {
        assertThatThrownBy(() -> TicketMeshClient.builder().callTimeout(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TicketMeshClient.builder().maxAttempts(0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TicketMeshClient.builder().servers()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TicketMeshClient.builder().servers(URI.create("ftp://x")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TicketMeshClient.builder().servers(URI.create("http://x/?q=1")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TicketMeshClient.builder().ticketsPath("tickets"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TicketMeshClient.builder().open()).isInstanceOf(IllegalStateException.class);
    }
}
