package io.ticketmesh.sample.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.client.Attempt;
import io.ticketmesh.client.ClientStatistics;
import io.ticketmesh.client.RemoteTicket;
import io.ticketmesh.client.TicketMeshClient;
import io.ticketmesh.ticket.Priority;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client of three real processes, of which one is killed, or stands still. */
@Tag("kill")
@Tag("alone")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ClientIT {
    private static final int THREADS = 10;
    private static final Duration BEAT = Duration.ofMillis(50); // of each thread: 200 requests a second together

    @TempDir
    Path directory;

    private final Queue<Heard> attempts = new ConcurrentLinkedQueue<>();
    private final Queue<String> titles = new ConcurrentLinkedQueue<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicBoolean goesOn = new AtomicBoolean(true);

    /** An attempt and when it began. */
    private record Heard(Attempt attempt, long beganNanos) {}

    @Test
    void aKilledServerCostsNoCallAndDoublesNoTicket() throws Exception {
        try (Nodes nodes = Nodes.start(directory, 3);
                TicketMeshClient client = client(nodes)) {
            ExecutorService pool = Executors.newFixedThreadPool(THREADS);
            List<Future<?>> load = load(pool, client);
            Waiting.until(Duration.ofMinutes(1), () -> "no load", () -> requests.get() > 600);

            SampleNode victim = nodes.get(1);
            URI killed = URI.create(victim.url());
            int before = requests.get();
            long begin = System.nanoTime();
            victim.kill();
            long dead = System.nanoTime();
            Waiting.until(Duration.ofMinutes(1), () -> "no load", () -> System.nanoTime() - dead > 12_000_000_000L);
            long end = System.nanoTime();
            int meanwhile = requests.get() - before;
            Set<Integer> probes = probes(killed, dead);

            victim.start();
            Waiting.until(
                    Duration.ofMinutes(1),
                    () -> "it is not asked again: " + client.statistics(),
                    () -> client.statistics().serversInTrouble() == 0);
            int back = requests.get();
            Waiting.until(Duration.ofMinutes(1), () -> "no load", () -> requests.get() > back + 300);
            goesOn.set(false);
            for (Future<?> thread : load) {
                thread.get(); // no call failed
            }
            pool.shutdown();
            nodes.awaitEqual(Duration.ofSeconds(30));

            assertThat(meanwhile / ((end - begin) / 1e9))
                    .as("requests a second meanwhile")
                    .isGreaterThan(150);
            // 1 + 2 + 4 s of quarantine in twelve seconds, and those that were under way when it died
            assertThat(probes)
                    .as("seconds after its death in which it was asked")
                    .hasSizeLessThanOrEqualTo(5);
            assertThat(asked(killed, dead + 1_000_000_000L, end))
                    .as("attempts after the first second")
                    .isBetween(1, 4);
            assertThat(asked(killed, end, System.nanoTime()))
                    .as("attempts after it was back")
                    .isGreaterThan(50);
            assertThat(client.statistics().failedCalls()).isZero();
            Set<String> unique = new HashSet<>(titles);
            assertThat(unique).hasSameSizeAs(titles);
            for (SampleNode node : nodes.all()) {
                assertThat(node.ids()).as("on %s", node).hasSize(titles.size()).doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void aServerThatStandsStillCostsNoCall() throws Exception {
        try (Nodes nodes = Nodes.start(directory, 3);
                TicketMeshClient client = client(nodes)) {
            ExecutorService pool = Executors.newFixedThreadPool(THREADS);
            List<Future<?>> load = load(pool, client);
            Waiting.until(Duration.ofMinutes(1), () -> "no load", () -> requests.get() > 300);
            SampleNode still = nodes.get(2);
            still.pause();
            long begin = System.nanoTime();
            Waiting.until(Duration.ofMinutes(1), () -> "no load", () -> System.nanoTime() - begin > 10_000_000_000L);
            ClientStatistics meanwhile = client.statistics();
            still.resume();
            goesOn.set(false);
            for (Future<?> thread : load) {
                thread.get(); // no call failed
            }
            pool.shutdown();
            nodes.awaitEqual(Duration.ofSeconds(30));

            assertThat(meanwhile.quarantines()).isPositive();
            assertThat(client.statistics().failedCalls()).isZero();
            for (SampleNode node : nodes.all()) {
                assertThat(node.ids()).as("on %s", node).hasSize(titles.size()).doesNotHaveDuplicates();
            }
        }
    }

    private TicketMeshClient client(Nodes nodes) {
        URI[] servers = nodes.all().stream().map(node -> URI.create(node.url())).toArray(URI[]::new);
        return TicketMeshClient.open(builder -> builder.servers(servers)
                .attemptTimeout(Duration.ofSeconds(2))
                .onAttempt(attempt -> attempts.add(
                        new Heard(attempt, System.nanoTime() - attempt.took().toNanos()))));
    }

    private List<Future<?>> load(ExecutorService pool, TicketMeshClient client) {
        List<Future<?>> load = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            int author = thread;
            load.add(pool.submit(() -> {
                RemoteTicket own = create(client, author, 0);
                for (int round = 1; goesOn.get(); round++) {
                    long begin = System.nanoTime();
                    String id = own.id().toString();
                    String title = own.title();
                    switch (round % 5) {
                        case 0 -> own = create(client, author, round);
                        case 1 -> assertThat(client.get(id).title()).isEqualTo(title);
                        case 2 ->
                            own = client.changeIf(
                                    id,
                                    own.etag(),
                                    draft -> draft.priority(Priority.HIGH).description(title));
                        case 3 -> client.comment(id, "On " + title);
                        default -> {
                            assertThat(client.comments(id)).hasSize(1);
                            own = client.get(id);
                        }
                    }
                    requests.incrementAndGet();
                    pace(begin);
                }
                return null;
            }));
        }
        return load;
    }

    private RemoteTicket create(TicketMeshClient client, int author, int round) {
        String title = "By " + author + " in round " + round;
        RemoteTicket ticket = client.create(title);
        titles.add(title);
        return ticket;
    }

    private static void pace(long begin) {
        long end = begin + BEAT.toNanos();
        while (System.nanoTime() - end < 0) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    private int asked(URI server, long from, long until) {
        return (int) attempts.stream()
                .filter(heard -> heard.attempt().server().address().equals(server))
                .filter(heard -> heard.beganNanos() - from >= 0 && heard.beganNanos() - until < 0)
                .count();
    }

    private Set<Integer> probes(URI server, long dead) {
        Set<Integer> seconds = new HashSet<>();
        for (Heard heard : attempts) {
            if (heard.attempt().server().address().equals(server) && heard.beganNanos() - dead >= 0) {
                seconds.add((int) ((heard.beganNanos() - dead) / 1_000_000_000L));
            }
        }
        return seconds;
    }
}
