package io.ticketmesh.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.causality.NodeId;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Registries that run alone as processes, and are stopped and killed. */
@Tag("kill")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class RegistryProcessIT {
    private static final String SECRET = "correct horse battery";
    private static final int SERVERS = 3;

    private final String cluster = "test-" + UUID.randomUUID();
    private final List<Process> processes = new ArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final BlockingQueue<Listing> heard = new LinkedBlockingQueue<>();

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void aRegistryThatIsStoppedForTwentySecondsDropsNobodyWhoLives() throws Exception {
        int port = freePort();
        Process registry = start(port);
        RegistryLookup lookup = serversAndClient(List.of(port));

        signal(registry, "STOP");
        heardUntil(15, listing -> listing.stale());
        heardDuring(20);
        signal(registry, "CONT");
        heardUntil(10, listing -> !listing.stale());
        heardDuring(15);

        assertThat(lookup.listing().instances()).hasSize(SERVERS);
        assertThat(lookup.listing().stale()).isFalse();
        assertThat(lookup.listing().late()).isEmpty();
    }

    @Test
    void aRegistryThatIsKilledAndStartedAgainEmptyDropsNobodyWhoLives() throws Exception {
        int one = freePort();
        int two = freePort();
        Process first = start(one);
        Process second = start(two);
        RegistryLookup lookup = serversAndClient(List.of(one, two));

        first.destroyForcibly().waitFor();
        heardDuring(10);
        assertThat(lookup.listing().stale()).isFalse();
        second.destroyForcibly().waitFor();
        start(one);
        start(two);
        heardDuring(25);

        assertThat(lookup.listing().instances()).hasSize(SERVERS);
        assertThat(lookup.listing().stale()).isFalse();
    }

    private RegistryLookup serversAndClient(List<Integer> ports) throws Exception {
        RegistryOptions options = RegistryOptions.of(
                cluster,
                settings -> settings.secret(SECRET)
                        .bindAddress(InetAddress.getLoopbackAddress())
                        .port(0)
                        .registries(
                                ports.stream().map(port -> "127.0.0.1:" + port).toList()));
        for (int i = 0; i < SERVERS; i++) {
            open.add(RegistryAgent.start(options, Instance.of(new NodeId(1, i), 1)));
        }
        RegistryLookup lookup = RegistryLookup.start(options);
        open.add(lookup);
        lookup.subscribe(heard::add);
        heardUntil(30, listing -> listing.instances().size() == SERVERS);
        // A registry that has just started is believed when it has run for one lease.
        heardDuring(12);
        return lookup;
    }

    /** Waits for a list as wanted. */
    private void heardUntil(int seconds, Predicate<Listing> wanted) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        Listing listing;
        do {
            listing = heard.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            assertThat(listing).as("a list as wanted within %s s", seconds).isNotNull();
        } while (!wanted.test(listing));
    }

    /** Lets so much time pass, in which no list may lack a server. */
    private void heardDuring(int seconds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < end) {
            Listing listing = heard.poll(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (listing != null) {
                assertThat(listing.instances()).hasSize(SERVERS);
            }
        }
    }

    private Process start(int port) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RegistryMain.class.getName(),
                        "--cluster=" + cluster,
                        "--bind=127.0.0.1",
                        "--port=" + port)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("TICKETMESH_REGISTRY_SECRET", SECRET);
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    private static void signal(Process process, String name) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            return socket.getLocalPort();
        }
    }
}
