package io.ticketmesh.spring.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.client.Attempt;
import io.ticketmesh.client.RemoteTicket;
import io.ticketmesh.client.TicketMeshClient;
import io.ticketmesh.spring.Cable;
import io.ticketmesh.spring.Hub;
import io.ticketmesh.spring.SlowCable;
import io.ticketmesh.spring.TicketMeshCustomizer;
import io.ticketmesh.spring.Waiting;
import io.ticketmesh.spring.registry.Desk;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** A client that goes round three servers, each of which hears late of what the others wrote. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ReadYourWritesTest {
    private static final int PAIRS = 1_000;
    private static final int USERS = 8;
    private static final long LATE_MILLIS = 80;

    private static volatile Hub hub;
    private final List<Desk> desks = new ArrayList<>();
    private final Map<String, Attempt> lastRead = new ConcurrentHashMap<>();
    private final AtomicInteger missedByStrangers = new AtomicInteger();
    private final AtomicInteger stale = new AtomicInteger();

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Connected {
        @Bean
        TicketMeshCustomizer cable(Environment environment) {
            Hub shared = hub;
            return node -> node.transport(
                    origin -> new SlowCable(new Cable(shared, origin, new AtomicBoolean(true)), LATE_MILLIS));
        }
    }

    @BeforeEach
    void connect() {
        hub = new Hub();
    }

    @AfterEach
    void close() {
        desks.forEach(Desk::close);
    }

    private TicketMeshClient clientOfThree(String readWait) {
        for (String name : List.of("alice", "bob", "carol")) {
            desks.add(Desk.open(
                    Connected.class,
                    "ticketmesh.mesh.node-name=" + name,
                    "ticketmesh.rest.anonymous-name=somebody",
                    "ticketmesh.rest.read-wait=" + readWait));
        }
        Waiting.until(() -> desks.stream()
                .allMatch(desk -> desk.node().status().members().stream()
                                .filter(member -> member.active() && member.reachable())
                                .count()
                        == desks.size()));
        URI[] servers = desks.stream()
                .map(desk -> URI.create("http://127.0.0.1:" + desk.port()))
                .toArray(URI[]::new);
        return TicketMeshClient.open(builder -> builder.servers(servers).onAttempt(attempt -> {
            if (attempt.method().equals("GET")) {
                lastRead.put(attempt.path(), attempt);
            }
        }));
    }

    /** All pairs, by several users at once, each of whom has a session of his own. */
    private void eachReadsWhatHeWrote(TicketMeshClient client) throws Exception {
        ExecutorService users = Executors.newFixedThreadPool(USERS);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int user = 0; user < USERS; user++) {
                TicketMeshClient session = client.session();
                done.add(users.submit(() -> {
                    for (int pair = 0; pair < PAIRS / USERS; pair++) {
                        writeAndRead(session, "Printer " + pair);
                    }
                }));
            }
            for (Future<?> each : done) {
                each.get();
            }
        } finally {
            users.shutdownNow();
        }
    }

    private void writeAndRead(TicketMeshClient session, String title) {
        RemoteTicket written = session.create(title);
        String id = written.id().toString();
        if (session.session().find(id) == null) {
            missedByStrangers.incrementAndGet();
        }
        RemoteTicket read = session.find(id);
        Attempt attempt = lastRead.get("/tickets/" + id);
        if (attempt.stale()) {
            stale.incrementAndGet();
        } else {
            assertThat(read).as("read at %s, not stale", attempt.server()).isNotNull();
            assertThat(read.title()).isEqualTo(title);
        }
    }

    @Test
    void eachUserReadsWhatHeWroteThroughWhicheverServerAlthoughOthersDoNotSeeItYet() throws Exception {
        try (TicketMeshClient client = clientOfThree("20s")) {
            eachReadsWhatHeWrote(client);

            assertThat(stale).hasValue(0);
            assertThat(client.statistics().staleAnswers()).isZero();
        }
        assertThat(missedByStrangers).as("reads that did not wait").hasPositiveValue();
        assertThat(lastRead).hasSize(PAIRS);
        assertThat(lastRead.values().stream().map(Attempt::server).distinct()).hasSize(3);
    }

    @Test
    void whatComesTooLateIsMarkedStaleAndNothingElseIs() throws Exception {
        try (TicketMeshClient client = clientOfThree(LATE_MILLIS / 4 + "ms")) {
            eachReadsWhatHeWrote(client);
        }
        assertThat(stale).hasPositiveValue();
        assertThat(stale.get()).isLessThan(PAIRS);
    }
}
