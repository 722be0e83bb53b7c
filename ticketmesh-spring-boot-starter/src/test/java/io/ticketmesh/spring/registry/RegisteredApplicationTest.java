package io.ticketmesh.spring.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.client.RemoteTicket;
import io.ticketmesh.client.TicketMeshClient;
import io.ticketmesh.registry.Instance;
import io.ticketmesh.registry.Listing;
import io.ticketmesh.registry.RegistryLookup;
import io.ticketmesh.spring.Waiting;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Applications in the registries of their mesh: real web servers, real sockets of this machine. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class RegisteredApplicationTest {
    private final Fleet fleet = new Fleet();

    @AfterEach
    void close() throws Exception {
        fleet.close();
    }

    private static Instance only(RegistryLookup lookup) {
        AtomicReference<Instance> found = new AtomicReference<>();
        Waiting.until(() -> {
            Listing listing = lookup.listing();
            listing.servers().forEach(found::set);
            return listing.servers().size() == 1;
        });
        return found.get();
    }

    @Test
    void aServerIsListedWhereItAnswersAndGoneWhenItStops() {
        Desk first = fleet.desk();
        RegistryLookup lookup = fleet.opened(RegistryLookup.start(fleet.registries()));
        Instance listed = only(lookup);
        assertThat(listed.http()).isEqualTo(URI.create("http://127.0.0.1:" + first.port()));
        assertThat(listed.node()).isEqualTo(first.node().nodeId());

        Desk second = fleet.desk(
                "ticketmesh.registry.zone=north", "server.servlet.context-path=/acme", "spring.mvc.servlet.path=/api");
        Waiting.until(() -> lookup.listing().servers().size() == 2);
        Instance other = lookup.listing().servers().stream()
                .filter(instance -> instance.node().equals(second.node().nodeId()))
                .findFirst()
                .orElseThrow();
        assertThat(other.http()).isEqualTo(URI.create("http://127.0.0.1:" + second.port() + "/acme/api"));
        assertThat(other.zone()).isEqualTo("north");
        try (TicketMeshClient client = TicketMeshClient.open(other.http())) {
            assertThat(client.create("Behind two paths").title()).isEqualTo("Behind two paths");
        }

        second.close();
        Waiting.until(() -> lookup.listing().servers().size() == 1);
    }

    @Test
    void membersAndClientsFindEachOtherThroughRegistriesAlone() {
        Desk first = fleet.desk("ticketmesh.mesh.discovery=registry", "ticketmesh.mesh.bind-port=0");
        Desk second = fleet.desk("ticketmesh.mesh.discovery=registry", "ticketmesh.mesh.bind-port=0");
        Waiting.until(() -> second.node().network().members() == 2);
        Set<URI> answered = ConcurrentHashMap.newKeySet();
        TicketMeshClient client = fleet.opened(TicketMeshClient.open(builder -> builder.registry(fleet.registries())
                .onAttempt(attempt -> answered.add(attempt.server().address()))));
        Waiting.until(() -> {
            RemoteTicket ticket = client.create("Shared");
            assertThat(client.get(ticket.id().toString()).title()).isEqualTo("Shared");
            return answered.size() == 2;
        });
    }

    @Test
    void aServerThatStopsUnderCallsIsLeftBeforeItIsGone() throws Exception {
        fleet.desk();
        Desk second = fleet.desk();
        Set<URI> answered = ConcurrentHashMap.newKeySet();
        TicketMeshClient client = fleet.opened(TicketMeshClient.open(builder -> builder.registry(fleet.registries())
                .onAttempt(attempt -> answered.add(attempt.server().address()))));
        Waiting.until(() -> {
            client.list();
            return answered.size() == 2;
        });
        AtomicBoolean stop = new AtomicBoolean();
        Thread caller = new Thread(() -> {
            while (!stop.get()) {
                client.list();
            }
        });
        caller.start();
        try {
            second.close();
        } finally {
            stop.set(true);
            caller.join();
        }
        assertThat(client.statistics().retries()).isZero();
        assertThat(client.statistics().failedCalls()).isZero();
    }

    @Test
    void aStopThatNobodyCallsDuringWaitsForNobody() {
        Desk desk = fleet.desk("ticketmesh.registry.drain-time=50s");
        try (RegistryLookup lookup = RegistryLookup.start(fleet.registries())) {
            only(lookup);
            long begin = System.nanoTime();
            desk.close();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    void aStopUnderCallsThatDoNotEndTakesNoLongerThanTheDrainTime() throws Exception {
        Desk desk = fleet.desk("ticketmesh.registry.drain-time=500ms");
        TicketMeshClient deaf = fleet.opened(TicketMeshClient.open(URI.create("http://127.0.0.1:" + desk.port())));
        deaf.list();
        long begin = System.nanoTime();
        AtomicBoolean stop = new AtomicBoolean();
        Thread caller = new Thread(() -> {
            while (!stop.get()) {
                deaf.async().list();
                Thread.yield();
            }
        });
        caller.start();
        try {
            desk.close();
        } finally {
            stop.set(true);
            caller.join();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofMillis(500), Duration.ofSeconds(40));
    }

    @Test
    void anAddressThatIsSetIsTheOneThatIsListed() {
        Desk desk = fleet.desk(
                "ticketmesh.registry.http-address=https://desk.example/one", "ticketmesh.rest.enabled=false");
        RegistryLookup lookup = fleet.opened(RegistryLookup.start(fleet.registries()));
        assertThat(only(lookup).http()).isEqualTo(URI.create("https://desk.example/one"));
    }

    @Test
    void aServerWithoutRestIsNoServerForClients() {
        Desk desk = fleet.desk("ticketmesh.rest.enabled=false");
        RegistryLookup lookup = fleet.opened(RegistryLookup.start(fleet.registries()));
        Waiting.until(() -> lookup.listing().instances().size() == 1);
        assertThat(lookup.listing().servers()).isEmpty();
    }

    @Test
    void aNodeWithoutRegistryOfItsOwnRegistersAtThoseOfOthers() {
        Desk first = fleet.desk();
        Desk second = fleet.desk("ticketmesh.registry.enabled=false");
        assertThat(second.node().registry()).isEmpty();
        RegistryLookup lookup = fleet.opened(RegistryLookup.start(fleet.registries()));
        Waiting.until(() -> lookup.listing().servers().size() == 2);
    }

    @Test
    void withoutAMeshOrWithoutTicketMeshThereIsNoRegistryAndNobodyIsTold() {
        for (String setting : List.of("ticketmesh.registry.zone=north", "ticketmesh.enabled=false")) {
            Desk desk = fleet.opened(Desk.open(setting));
            Waiting.until(() -> Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().startsWith("ticketmesh-registry")));
            desk.close();
        }
    }
}
