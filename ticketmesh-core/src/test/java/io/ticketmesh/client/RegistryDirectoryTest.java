package io.ticketmesh.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.registry.Instance;
import io.ticketmesh.registry.RegistryAgent;
import io.ticketmesh.registry.RegistryOptions;
import io.ticketmesh.registry.RegistryServer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that finds its servers through real registries on loopback. */
@Timeout(60)
class RegistryDirectoryTest {
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

    private RegistryServer registry() {
        return opened(RegistryServer.start(RegistryOptions.of(cluster, settings -> settings.port(0))));
    }

    private RegistryOptions at(RegistryServer... registries) {
        List<String> addresses = Arrays.stream(registries)
                .map(registry -> "127.0.0.1:" + registry.port())
                .toList();
        return RegistryOptions.of(cluster, settings -> settings.port(0).registries(addresses));
    }

    private FakeServer server() {
        return opened(FakeServer.start(FakeServer.json(200, Shown.ticket("Printer"))));
    }

    private RegistryAgent registered(int node, URI http, RegistryServer... registries) {
        Instance instance = Instance.of(new NodeId(1, node), 1).withHttp(http);
        return opened(RegistryAgent.start(at(registries), instance));
    }

    private TicketMeshClient client(RegistryServer... registries) {
        return opened(TicketMeshClient.open(builder -> builder.registry(at(registries))));
    }

    private static void await(String what, BooleanSupplier holds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as(what).isNegative();
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static List<Integer> callsOf(List<FakeServer> servers) {
        return servers.stream().map(server -> server.heard().size()).toList();
    }

    @Test
    void aClientGoesRoundAllThatRegisterAndLeavesThoseThatDrainOrGo() {
        RegistryServer one = registry();
        RegistryServer two = registry();
        List<FakeServer> servers = List.of(server(), server(), server());
        List<RegistryAgent> agents = IntStream.range(0, 3)
                .mapToObj(i -> registered(i, servers.get(i).uri(), one, two))
                .toList();
        TicketMeshClient client = client(one, two);
        await("three servers", () -> {
            client.get("TM-1");
            return client.statistics().servers() == 3;
        });
        List<Integer> before = callsOf(servers);
        for (int i = 0; i < 30; i++) {
            client.get("TM-1");
        }
        assertThat(difference(before, callsOf(servers))).containsExactly(10, 10, 10);

        agents.get(0).drain().join();
        await("the first gets nothing", () -> {
            int heard = servers.get(0).heard().size();
            IntStream.range(0, 3).forEach(i -> client.get("TM-1"));
            return servers.get(0).heard().size() == heard;
        });
        List<Integer> drained = callsOf(servers);
        IntStream.range(0, 20).forEach(i -> client.get("TM-1"));
        assertThat(difference(drained, callsOf(servers))).containsExactly(0, 10, 10);
        assertThat(client.statistics().servers()).isEqualTo(3);

        agents.get(0).close();
        agents.get(1).close();
        await("one is left", () -> {
            client.get("TM-1");
            return client.statistics().servers() == 1;
        });
        List<Integer> left = callsOf(servers);
        IntStream.range(0, 5).forEach(i -> client.get("TM-1"));
        assertThat(difference(left, callsOf(servers))).containsExactly(0, 0, 5);
        assertThat(client.statistics().retries()).isZero();
    }

    private static List<Integer> difference(List<Integer> before, List<Integer> after) {
        return IntStream.range(0, before.size())
                .mapToObj(i -> after.get(i) - before.get(i))
                .toList();
    }

    @Test
    void theFirstCallWaitsForTheFirstServer() throws Exception {
        RegistryServer registry = registry();
        TicketMeshClient client = client(registry);
        CompletableFuture<RemoteTicket> early = client.async().get("TM-1");
        assertThat(early).isNotDone();

        registered(1, server().uri(), registry);

        assertThat(early.get(20, TimeUnit.SECONDS).title()).isEqualTo("Printer");
    }

    @Test
    void waitingEndsWithTheCallAndSaysWhy() {
        RegistryServer registry = registry();
        RegistryServer gone = registry();
        gone.close();
        TicketMeshClient unheard = opened(
                TicketMeshClient.open(builder -> builder.registry(at(gone)).callTimeout(Duration.ofMillis(200))));
        assertThatThrownBy(() -> unheard.get("TM-1"))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("no registry answered");

        TicketMeshClient alone = opened(
                TicketMeshClient.open(builder -> builder.registry(at(registry)).callTimeout(Duration.ofMillis(200))));
        await("the registry has answered", () -> !alone.statistics().listingStale());
        assertThatThrownBy(() -> alone.get("TM-1"))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("none is registered");
    }

    @Test
    void closingEndsTheWaiting() {
        TicketMeshClient client = client(registry());
        CompletableFuture<RemoteTicket> waiting = client.async().get("TM-1");
        CompletableFuture<RemoteTicket> cancelled = client.async().get("TM-2");
        cancelled.cancel(true);

        client.close();

        assertThatThrownBy(waiting::join).hasCauseInstanceOf(ClosedException.class);
        assertThat(client.statistics().callsUnderWay()).isZero();
    }

    @Test
    void withoutRegistriesTheLastListServesOnAndSaysThatItIsStale() {
        RegistryServer registry = registry();
        registered(1, server().uri(), registry);
        TicketMeshClient client = client(registry);
        assertThat(client.get("TM-1").title()).isEqualTo("Printer");

        registry.close();
        await("the list is stale", () -> client.statistics().listingStale());

        assertThat(client.get("TM-1").title()).isEqualTo("Printer");
    }

    @Test
    void aServerWithoutHttpIsNoServerAndAPathIsKept() {
        RegistryServer registry = registry();
        opened(RegistryAgent.start(at(registry), Instance.of(new NodeId(1, 1), 1)));
        FakeServer server = server();
        registered(2, URI.create(server.uri() + "/desk/"), registry);
        TicketMeshClient client = client(registry);

        client.get("TM-1");

        assertThat(client.statistics().servers()).isEqualTo(1);
        assertThat(server.last().path()).isEqualTo("/desk/tickets/TM-1");
    }

    @Test
    void theListIsTheSameInstanceUntilClientsHaveToKnowMore() {
        RegistryServer registry = registry();
        RegistryAgent agent = registered(1, URI.create("http://127.0.0.1:1"), registry);
        ServerDirectory directory = opened(ServerDirectory.of(at(registry)));
        await("the server is known", () -> directory.listing().servers().size() == 1);
        ServerDirectory.Listing known = directory.listing();
        assertThat(directory.listing()).isSameAs(known);

        agent.update(instance -> instance.withZone("north"));
        opened(RegistryAgent.start(at(registry), Instance.of(new NodeId(1, 2), 1)));
        agent.drain().join();
        await("it drains", () -> directory.listing().servers().get(0).draining());

        assertThat(directory.listing()).isNotSameAs(known);
        assertThat(directory.listing().servers()).hasSize(1);
    }
}
