package io.ticketmesh.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.ticketmesh.causality.NodeId;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Registries, agents and lookups with real threads and sockets, on loopback. */
@Timeout(60)
class RegistrySocketsTest {
    private static final String SECRET = "correct horse battery";

    private final String cluster = "test-" + UUID.randomUUID();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    @AfterEach
    void close() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    private <T extends AutoCloseable> T opened(T resource) {
        open.push(resource);
        return resource;
    }

    private RegistryOptions options(UnaryOperator<RegistryOptions.Builder> settings) {
        return RegistryOptions.of(cluster, settings);
    }

    private RegistryOptions anyPort() {
        return options(settings -> settings.port(0));
    }

    private RegistryOptions at(RegistryServer... registries) {
        return options(settings -> settings.port(0)
                .registries(List.of(registries).stream()
                        .map(registry -> "127.0.0.1:" + registry.port())
                        .toList()));
    }

    private static Instance instance(long node) {
        return Instance.of(new NodeId(1, node), 1);
    }

    private static Listing await(RegistryLookup lookup, Predicate<Listing> wanted) throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        try (AutoCloseable subscription = lookup.subscribe(listing -> {
            if (wanted.test(listing)) {
                seen.countDown();
            }
        })) {
            assertThat(wanted.test(lookup.listing()) || seen.await(20, TimeUnit.SECONDS))
                    .as("a list as wanted, not %s", lookup.listing())
                    .isTrue();
        }
        return lookup.listing();
    }

    private static void await(String what, BooleanSupplier holds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Test
    void aServerIsFoundChangesItsAddressDrainsAndLeaves() throws Exception {
        RegistryServer one = opened(RegistryServer.start(anyPort()));
        RegistryServer two = opened(RegistryServer.start(anyPort()));
        RegistryAgent agent = opened(RegistryAgent.start(at(one, two), instance(1)));
        RegistryLookup lookup = opened(RegistryLookup.start(at(one, two)));

        assertThat(lookup.first().get(20, TimeUnit.SECONDS).stale()).isFalse();
        await(lookup, listing -> listing.instances().size() == 1);
        assertThat(lookup.listing().servers()).isEmpty();
        await("two registrations", () -> agent.registrations() == 2);

        agent.update(present -> present.withHttp(URI.create("http://0.0.0.0:8080")));
        Listing up = await(lookup, listing -> listing.servers().size() == 1);
        assertThat(up.servers().get(0).http()).isEqualTo(URI.create("http://127.0.0.1:8080"));

        assertThat(agent.drain().get(20, TimeUnit.SECONDS)).isTrue();
        await(lookup, listing -> listing.servers().get(0).state() == Instance.State.DRAINING);

        agent.close();
        await(lookup, listing -> listing.instances().isEmpty() && !listing.stale());
        assertThat(one.status().instances()).isZero();
        assertThat(two.status().instances()).isZero();
    }

    @Test
    void theSameWithASecretAndNotWithAnother() throws Exception {
        RegistryServer registry = opened(RegistryServer.start(sealed(SECRET, 0)));
        RegistryAgent friend = opened(RegistryAgent.start(sealed(SECRET, registry.port()), instance(1)));
        RegistryAgent stranger =
                opened(RegistryAgent.start(sealed("another horse battery", registry.port()), instance(2)));
        RegistryLookup lookup = opened(RegistryLookup.start(sealed(SECRET, registry.port())));

        await(lookup, listing -> listing.instances().size() == 1);
        await("the stranger is rejected", () -> registry.status().packetsRejected() > 0);

        await("the friend is registered", () -> friend.registrations() == 1);
        assertThat(stranger.registrations()).isZero();
        assertThat(lookup.listing().instances()).extracting(Instance::node).containsExactly(new NodeId(1, 1));
    }

    private RegistryOptions sealed(String secret, int port) {
        return options(settings -> settings.secret(secret)
                .bindAddress(InetAddress.getLoopbackAddress())
                .port(0)
                .registries(port == 0 ? List.of() : List.of("127.0.0.1:" + port)));
    }

    @Test
    void aServerThatHasARegistryInsideMakesItKnown() throws Exception {
        RegistryServer known = opened(RegistryServer.start(anyPort()));
        RegistryServer inside = opened(RegistryServer.start(anyPort()));
        RegistryAgent agent = opened(RegistryAgent.start(at(known), instance(1), inside.port()));
        opened(RegistryAgent.start(at(known), instance(2)));
        RegistryLookup lookup = opened(RegistryLookup.start(at(known)));
        await(lookup, listing -> listing.instances().size() == 2);

        await("both are registered there too", () -> inside.status().instances() == 2);
        known.close();

        agent.update(present -> present.withZone("east"));
        await(
                lookup,
                listing -> !listing.stale()
                        && listing.instances().stream()
                                .anyMatch(each -> each.zone().equals("east")));
    }

    @Test
    void severalRegistriesOfOneMachineShareARange() {
        int free = freeRange();
        UnaryOperator<RegistryOptions.Builder> range =
                settings -> settings.port(free).portRange(2);
        RegistryServer one = opened(RegistryServer.start(options(range)));
        RegistryServer two = opened(RegistryServer.start(options(range)));
        RegistryServer three = opened(RegistryServer.start(options(range)));

        assertThat(List.of(one.port(), two.port(), three.port())).containsExactly(free, free + 1, free + 2);
        assertThatThrownBy(() -> RegistryServer.start(options(range)))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining(free + "-" + (free + 2));

        RegistryAgent agent = opened(RegistryAgent.start(options(range), instance(1)));
        await("all are found without being listed", () -> agent.registrations() == 3);
        two.close();
        RegistryServer again = opened(RegistryServer.start(options(range)));
        assertThat(again.port()).isEqualTo(free + 1);
        await("the new one is found", () -> again.status().instances() == 1);
    }

    private static int freeRange() {
        for (int first = 42_000; first < 60_000; first += 3) {
            try (DatagramSocket one = socket(first);
                    DatagramSocket two = socket(first + 1);
                    DatagramSocket three = socket(first + 2)) {
                assertThat(one.getLocalPort() + two.getLocalPort() + three.getLocalPort())
                        .isPositive();
                return first;
            } catch (IOException e) {
                assertThat(e).isNotNull();
            }
        }
        throw new AssertionError("No three ports are free");
    }

    private static DatagramSocket socket(int port) throws IOException {
        return new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    @Test
    void registriesAreFoundByMulticast() {
        RegistryOptions options = options(settings -> settings.port(0).multicast(true));
        RegistryServer registry = opened(RegistryServer.start(options));
        assumeThat(carriesMulticasts()).isTrue();

        RegistryAgent agent = opened(RegistryAgent.start(options, instance(1)));

        await("it is registered", () -> agent.registrations() == 1);
        await("it is counted", () -> registry.status().instances() == 1);
    }

    /** Whether loopback does, as on Linux. */
    private static boolean carriesMulticasts() {
        return System.getProperty("os.name").equals("Linux");
    }

    @Test
    void aListIsStaleWhenItsRegistryIsGoneAndFreshWhenOneIsBack() throws Exception {
        RegistryServer registry = opened(RegistryServer.start(anyPort()));
        int port = registry.port();
        RegistryOptions options = options(settings -> settings.port(port).portRange(0));
        opened(RegistryAgent.start(options, instance(1)));
        RegistryLookup lookup = opened(RegistryLookup.start(options));
        await(lookup, listing -> listing.instances().size() == 1);

        registry.close();
        Listing stale = await(lookup, Listing::stale);
        assertThat(stale.instances()).hasSize(1);

        RegistryServer back = opened(RegistryServer.start(options));
        Listing fresh = await(lookup, listing -> !listing.stale());
        assertThat(fresh.instances()).hasSize(1);
        await("it registers again", () -> back.status().instances() == 1);
    }

    @Test
    void strangersGetNoAnswer() throws Exception {
        RegistryServer registry = opened(RegistryServer.start(anyPort()));
        try (DatagramSocket socket = socket(0)) {
            for (int length : new int[] {0, 1, 45, 46, 50, 62, 1_200, 1_201, 9_000}) {
                socket.send(new DatagramPacket(new byte[length], length, registry.address()));
            }
            await("all are rejected", () -> registry.status().packetsRejected() == 9);
            socket.setSoTimeout(100);
            assertThatThrownBy(() -> socket.receive(new DatagramPacket(new byte[10], 10)))
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void closingIsQuickLeavesNoThreadAndMayBeRepeated() throws Exception {
        Set<Thread> before = registryThreads();
        RegistryServer registry = RegistryServer.start(anyPort());
        RegistryAgent agent = RegistryAgent.start(at(registry), instance(1));
        RegistryLookup lookup = RegistryLookup.start(at(registry));
        RegistryLookup unanswered =
                RegistryLookup.start(options(settings -> settings.port(0).registries(List.of("localhost:1"))));
        await(lookup, listing -> listing.instances().size() == 1);
        long began = System.nanoTime();
        for (int round = 0; round < 2; round++) {
            lookup.close();
            unanswered.close();
            agent.close();
            registry.close();
        }

        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began)).isLessThan(10);
        await("threads end", () -> before.containsAll(registryThreads()));
        assertThat(unanswered.first().isCompletedExceptionally()).isTrue();
        assertThat(lookup.listing().instances()).hasSize(1);
        agent.update(present -> present.withZone("nowhere"));
        assertThat(agent.drain().get(3, TimeUnit.SECONDS)).isFalse();
        assertThat(registry.status().port()).isEqualTo(registry.port());
    }

    private static Set<Thread> registryThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("ticketmesh-registry"))
                .collect(Collectors.toSet());
    }

    @Test
    void anAgentRegistersOneRunOfOneServer() {
        RegistryAgent agent = opened(RegistryAgent.start(anyPort(), instance(1)));

        assertThatThrownBy(() -> agent.update(present -> instance(2))).isInstanceOf(IllegalArgumentException.class);
        assertThat(agent.instance()).isEqualTo(instance(1));
    }

    @Test
    void aListenerThatFailsDoesNotStopTheOthers() throws Exception {
        RegistryServer registry = opened(RegistryServer.start(anyPort()));
        RegistryLookup lookup = opened(RegistryLookup.start(at(registry)));
        lookup.subscribe(listing -> {
            throw new IllegalStateException("thrown by a test");
        });
        opened(RegistryAgent.start(at(registry), instance(1)));

        await(lookup, listing -> listing.instances().size() == 1);
    }
}
