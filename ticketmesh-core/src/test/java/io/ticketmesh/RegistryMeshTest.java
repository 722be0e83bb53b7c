package io.ticketmesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.registry.Instance;
import io.ticketmesh.registry.Listing;
import io.ticketmesh.registry.RegistryAgent;
import io.ticketmesh.registry.RegistryLookup;
import io.ticketmesh.registry.RegistryOptions;
import io.ticketmesh.registry.RegistryStatus;
import io.ticketmesh.transport.jgroups.Discovery;
import io.ticketmesh.transport.jgroups.MeshOptions;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nodes that find each other through the registries inside of them, over real sockets on loopback. */
@Timeout(120)
class RegistryMeshTest {
    private final String cluster = "test-" + UUID.randomUUID();
    private final Group group = new Group();
    private final int port = freePort();

    @AfterEach
    void close() {
        group.close();
    }

    private TicketMesh open(Discovery discovery) {
        MeshOptions options =
                MeshOptions.of(cluster, settings -> settings.bindPort(0).discovery(discovery));
        return group.open(builder ->
                builder.mesh(options).registry(settings -> settings.port(port).portRange(9)));
    }

    @Test
    void nodesMeetThroughTheirRegistries() throws InterruptedException {
        TicketMesh here = open(Discovery.REGISTRY);
        here.tickets("alice").create("Printer on fire");
        TicketMesh there = open(Discovery.REGISTRY);

        group.converge();

        assertThat(there.digest()).isEqualTo(here.digest());
        assertThat(here.network().kind()).isEqualTo("tcp");
        assertThat(here.registry().orElseThrow().port()).isEqualTo(port);
        assertThat(there.registry().orElseThrow().port()).isEqualTo(port + 1);
    }

    @Test
    void clientsFindANodeThatAnnouncesItsAddressUntilItIsClosed() throws Exception {
        TicketMesh node = open(Discovery.MULTICAST);
        RegistryOptions options = node.registryOptions().orElseThrow();
        try (RegistryLookup lookup = RegistryLookup.start(options)) {
            node.announce(instance ->
                    instance.withHttp(URI.create("http://0.0.0.0:8080")).withZone("east"));
            Instance server = await(lookup, listing -> listing.servers().size() == 1)
                    .servers()
                    .get(0);
            assertThat(server.node()).isEqualTo(node.nodeId());
            assertThat(server.http()).isEqualTo(URI.create("http://127.0.0.1:8080"));
            assertThat(server.zone()).isEqualTo("east");

            assertThat(node.drain().get(20, TimeUnit.SECONDS)).isTrue();
            await(lookup, listing -> listing.servers().get(0).state() == Instance.State.DRAINING);
        }
        node.close();
        assertThat(node.registry().orElseThrow().instances()).isZero();
    }

    @Test
    void aNodeMayDoWithoutARegistryOfItsOwn() {
        MeshOptions options = MeshOptions.of(cluster, settings -> settings.bindPort(0));

        TicketMesh node = group.open(builder -> builder.mesh(options)
                .embeddedRegistry(false)
                .registry(settings -> settings.port(port).portRange(0)));

        assertThat(node.registry()).isEmpty();
        assertThat(node.registryOptions()).isPresent();
    }

    @Test
    void aNodeWhoseRegistryTakesAnyPortIsInItAndMakesItKnown() throws Exception {
        MeshOptions options = MeshOptions.of(cluster, settings -> settings.bindPort(0));
        TicketMesh node = group.open(builder -> builder.mesh(options).registry(settings -> settings.port(0)));
        RegistryStatus registry = node.registry().orElseThrow();

        try (RegistryLookup lookup = RegistryLookup.start(node.registryOptions().orElseThrow());
                RegistryAgent other = RegistryAgent.start(
                        RegistryOptions.of(
                                cluster,
                                settings -> settings.port(0).registries(List.of("127.0.0.1:" + registry.port()))),
                        Instance.of(new NodeId(7, 7), 1))) {
            Listing listing = await(lookup, each -> each.instances().size() == 2);

            assertThat(listing.instances()).extracting(Instance::node).contains(node.nodeId());
            Waiting.until(() -> other.registrations() == 1);
        }
    }

    @Test
    void aNodeStartsAlthoughNoPortIsFreeForARegistry() throws SocketException {
        MeshOptions options = MeshOptions.of(cluster, settings -> settings.bindPort(0));
        try (DatagramSocket taken = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
            TicketMesh node = group.open(builder -> builder.mesh(options)
                    .registry(settings -> settings.port(taken.getLocalPort()).portRange(0)));

            assertThat(node.registry()).isEmpty();
            assertThat(node.tickets().create("Toner").title()).isEqualTo("Toner");
        }
    }

    @Test
    void aNodeWithoutMeshHasNothingToDoWithRegistries() {
        try (TicketMesh alone = TicketMesh.builder().open()) {
            alone.announce(instance -> instance.withZone("nowhere"));

            assertThat(alone.drain()).isCompletedWithValue(true);
            assertThat(alone.registry()).isEmpty();
            assertThat(alone.registryOptions()).isEmpty();
        }
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

    /** Such that those after it are likely free too. */
    private static int freePort() {
        for (int first = 43_000; first < 60_000; first += 10) {
            List<Integer> wanted = List.of(first, first + 1);
            if (wanted.stream().allMatch(RegistryMeshTest::isFree)) {
                return first;
            }
        }
        throw new AssertionError("No port is free");
    }

    private static boolean isFree(int port) {
        try (DatagramSocket socket =
                new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
            return socket.isBound();
        } catch (SocketException e) {
            return false;
        }
    }
}
