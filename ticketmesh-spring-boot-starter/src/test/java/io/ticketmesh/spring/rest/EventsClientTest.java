package io.ticketmesh.spring.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.client.EventSubscription;
import io.ticketmesh.client.FailedAttempt;
import io.ticketmesh.client.RemoteEvent;
import io.ticketmesh.client.RemoteEventListener;
import io.ticketmesh.client.RemoteTicket;
import io.ticketmesh.client.TicketMeshClient;
import io.ticketmesh.spring.Waiting;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The client of core listens to real applications, which come to their ends. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class EventsClientTest {
    private final List<Host> hosts = new ArrayList<>();
    private TicketMeshClient client;

    @BeforeEach
    void start() {
        String cluster = "events-" + UUID.randomUUID();
        for (int i = 0; i < 3; i++) {
            hosts.add(Host.start("ticketmesh.mesh.cluster=" + cluster, "ticketmesh.rest.read-wait=10s"));
        }
        Waiting.until(() -> hosts.stream()
                .allMatch(host -> host.node().status().members().stream()
                                .filter(member -> member.reachable() && member.active())
                                .count()
                        == 3));
        client = TicketMeshClient.open(builder -> builder.servers(hosts.stream()
                        .map(host -> URI.create("http://127.0.0.1:" + host.port()))
                        .toArray(URI[]::new))
                .attemptTimeout(Duration.ofSeconds(20))
                .callTimeout(Duration.ofSeconds(60))
                .firstTurn(0));
    }

    @AfterEach
    void stop() {
        client.close();
        hosts.forEach(Host::close);
    }

    /** The application that the only listener listens to. */
    private Host listenedTo() {
        Waiting.until(() -> hosts.stream().anyMatch(host -> streams(host) > 0));
        return hosts.stream().filter(host -> streams(host) > 0).findFirst().orElseThrow();
    }

    private static int streams(Host host) {
        return host.context().getBean(EventStreams.class).size();
    }

    @Test
    void whoListensMissesNothingWhenTheServerHeListensToIsClosed() {
        Set<String> heard = ConcurrentHashMap.newKeySet();
        AtomicInteger resets = new AtomicInteger();
        AtomicInteger interruptions = new AtomicInteger();
        EventSubscription subscription = client.events(new RemoteEventListener() {
            @Override
            public void happened(RemoteEvent event) {
                heard.add(event.ticketId() + " " + event.etag());
            }

            @Override
            public void reset() {
                resets.incrementAndGet();
            }

            @Override
            public void interrupted(FailedAttempt failure) {
                interruptions.incrementAndGet();
            }
        });
        Waiting.until(() -> !subscription.lastId().isEmpty());
        List<String> written = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            RemoteTicket ticket = client.create("Ticket " + i);
            written.add(ticket.id() + " " + ticket.etag());
            if (i == 50 || i == 100) {
                Waiting.until(() -> heard.containsAll(written)); // all nodes that are left hold it then
                Host closing = listenedTo();
                hosts.remove(closing);
                closing.close();
            }
        }
        Waiting.until(() -> heard.containsAll(written));
        assertThat(heard).containsExactlyInAnyOrderElementsOf(written);
        assertThat(resets).hasValue(0);
        assertThat(interruptions.get()).isBetween(2, 200);
        subscription.close();
    }

    @Test
    void whatIsHeardOfIsReadThroughWhicheverServer() throws Exception {
        LinkedBlockingQueue<String> differences = new LinkedBlockingQueue<>();
        AtomicInteger read = new AtomicInteger();
        TicketMeshClient reader = client.session();
        try (EventSubscription subscription = reader.events(event -> {
            String shown = reader.get(event.ticketId().toString()).etag();
            if (!shown.equals(event.etag())) {
                differences.add(event + " " + shown);
            }
            read.incrementAndGet();
        })) {
            Waiting.until(() -> !subscription.lastId().isEmpty());
            for (int i = 0; i < 50; i++) {
                client.create("Ticket " + i);
            }
            Waiting.until(() -> read.get() == 50);
            assertThat(differences).isEmpty();
            assertThat(client.statistics().staleAnswers()).isZero();
        }
    }
}
