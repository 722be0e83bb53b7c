package io.ticketmesh.spring.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.client.Server;
import io.ticketmesh.client.TicketMeshClient;
import io.ticketmesh.spring.Waiting;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One client of three servers that come, drain and go; the first two have registries inside. Real web servers and sockets. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class FleetTest {
    private static final int CALLERS = 4;
    private static final Percentage EVEN = Percentage.withPercentage(5);

    private final Fleet fleet = new Fleet();
    private final Map<URI, LongAdder> attempts = new ConcurrentHashMap<>();
    private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);

    @AfterEach
    void close() throws Exception {
        callers.shutdownNow();
        fleet.close();
    }

    private TicketMeshClient client() {
        return fleet.opened(TicketMeshClient.open(builder -> builder.registry(fleet.registries())
                .onAttempt(attempt -> attempts.computeIfAbsent(attempt.server().address(), address -> new LongAdder())
                        .increment())));
    }

    private static URI address(Desk desk) {
        return URI.create("http://127.0.0.1:" + desk.port());
    }

    private long attemptsAt(Desk desk) {
        return attempts.computeIfAbsent(address(desk), address -> new LongAdder())
                .sum();
    }

    /** How many of so many calls each of the desks gets. */
    private List<Long> sharesOf(int calls, TicketMeshClient client, Desk... desks) throws Exception {
        attempts.clear();
        List<Future<?>> done = new ArrayList<>();
        for (int caller = 0; caller < CALLERS; caller++) {
            done.add(callers.submit(() -> {
                for (int call = 0; call < calls / CALLERS; call++) {
                    client.list();
                }
            }));
        }
        for (Future<?> each : done) {
            each.get();
        }
        return List.of(desks).stream().map(this::attemptsAt).toList();
    }

    @Test
    void requestsAreSpreadEvenlyANewServerGetsItsShareAndOneThatDrainsNothingNew() throws Exception {
        Desk alice = fleet.desk();
        Desk bob = fleet.desk();
        Desk carol = fleet.desk();
        TicketMeshClient client = client();
        Waiting.until(() -> client.servers().size() == 3);
        assertThat(List.of(alice, bob, carol).stream()
                        .filter(desk -> desk.node().registry().isPresent()))
                .as("registries")
                .hasSize(2);

        assertThat(sharesOf(3_000, client, alice, bob, carol))
                .allSatisfy(share -> assertThat(share).isCloseTo(1_000L, EVEN));

        Desk dave = fleet.desk();
        long up = System.nanoTime();
        Waiting.until(() -> {
            client.list();
            return attemptsAt(dave) > 0;
        });
        assertThat(Duration.ofNanos(System.nanoTime() - up)).isLessThan(Duration.ofSeconds(10));
        assertThat(sharesOf(800, client, alice, bob, carol, dave))
                .allSatisfy(share -> assertThat(share).isCloseTo(200L, EVEN));

        bob.node().drain().join();
        Waiting.until(() -> client.servers().stream().anyMatch(Server::draining));
        assertThat(sharesOf(600, client, alice, carol, dave))
                .allSatisfy(share -> assertThat(share).isCloseTo(200L, EVEN));
        assertThat(attemptsAt(bob)).isZero();

        AtomicBoolean stop = new AtomicBoolean();
        Future<?> calling = callers.submit(() -> {
            while (!stop.get()) {
                client.list();
            }
        });
        bob.close();
        carol.close();
        stop.set(true);
        calling.get();
        Waiting.until(() -> client.servers().size() == 2);
        assertThat(attemptsAt(bob)).isZero();
        assertThat(client.statistics().retries()).isZero();
        assertThat(client.statistics().failedCalls()).isZero();
    }
}
