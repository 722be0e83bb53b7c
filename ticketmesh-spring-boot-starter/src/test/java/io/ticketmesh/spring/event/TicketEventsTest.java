package io.ticketmesh.spring.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ticketmesh.TicketMesh;
import io.ticketmesh.Tickets;
import io.ticketmesh.cluster.Acknowledgement;
import io.ticketmesh.node.Subscription;
import io.ticketmesh.spring.Cable;
import io.ticketmesh.spring.Hub;
import io.ticketmesh.spring.TicketMeshAutoConfiguration;
import io.ticketmesh.spring.TicketMeshCustomizer;
import io.ticketmesh.spring.Waiting;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.TicketView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

class TicketEventsTest {
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(TicketMeshAutoConfiguration.class, TicketMeshEventAutoConfiguration.class))
            .withPropertyValues("ticketmesh.storage=memory");

    private static Tickets tickets(ApplicationContext application, String actor) {
        return application.getBean(TicketMesh.class).tickets(actor);
    }

    /** Hears all, and looks at once whether the store shows it. */
    static class Ear {
        final List<TicketMeshEvent> heard = new CopyOnWriteArrayList<>();
        final List<String> threads = new CopyOnWriteArrayList<>();
        final AtomicInteger early = new AtomicInteger();
        private final Tickets tickets;

        Ear(Tickets tickets) {
            this.tickets = tickets;
        }

        @EventListener
        void hear(TicketMeshEvent event) {
            if (event instanceof TicketEdited edited
                    && tickets.find(edited.ticketId().toString()) == null) {
                early.incrementAndGet();
            }
            threads.add(Thread.currentThread().getName());
            heard.add(event);
        }

        <T> List<T> of(Class<T> kind) {
            return heard.stream().filter(kind::isInstance).map(kind::cast).toList();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Hearing {
        @Bean
        Ear ear(Tickets tickets) {
            return new Ear(tickets);
        }
    }

    @Test
    void everyChangeIsHeardInItsOrderAfterItWasStored() {
        runner.withUserConfiguration(Hearing.class).run(application -> {
            Tickets alice = tickets(application, "alice");
            String key = alice.create("Printer").key().toString();
            alice.change(key, edit -> edit.title("Printer on fire").tag("fire"));
            alice.comment(key, "Which one?");
            alice.delete(key);
            alice.restore(key);
            Ear ear = application.getBean(Ear.class);
            Waiting.until(() -> ear.heard.size() == 5);
            alice.purge(key);
            Waiting.until(() -> ear.heard.size() == 6);

            assertThat(ear.heard)
                    .extracting(event -> (Object) event.getClass())
                    .containsExactly(
                            TicketCreated.class,
                            TicketChanged.class,
                            TicketChanged.class,
                            TicketDeleted.class,
                            TicketRestored.class,
                            TicketPurged.class);
            assertThat(ear.early).hasValue(0);
            assertThat(ear.threads).containsOnly("ticketmesh-events");
            assertThat(ear.of(TicketEvent.class)).allSatisfy(event -> {
                assertThat(event.isRemote()).isFalse();
                assertThat(event.key()).hasToString(key);
            });
            TicketChanged change = ear.of(TicketChanged.class).get(0);
            assertThat(change.act().actor()).isEqualTo("alice");
            assertThat(change.act().node())
                    .isEqualTo(application.getBean(TicketMesh.class).nodeId());
            assertThat(change.change("title").before()).isEqualTo("Printer");
            assertThat(change.change("title").after()).isEqualTo("Printer on fire");
            assertThat(change.change("status")).isNull();
            assertThat(change.ticket().title()).isEqualTo("Printer on fire");
        });
    }

    @Test
    void whatIsInternalCanBeLeftOutOfALetter() {
        runner.withUserConfiguration(Hearing.class).run(application -> {
            Tickets alice = tickets(application, "alice");
            String key = alice.create("Printer").key().toString();
            alice.comment(key, "He calls every day", CommentKind.INTERNAL);
            alice.comment(key, "We are on it");
            Ear ear = application.getBean(Ear.class);
            Waiting.until(() -> ear.heard.size() == 3);

            List<TicketChanged> changes = ear.of(TicketChanged.class);
            assertThat(changes.get(0).changes()).hasSize(1);
            assertThat(changes.get(0).publicChanges()).isEmpty();
            assertThat(changes.get(1).publicChanges())
                    .singleElement()
                    .satisfies(change -> assertThat(change.after()).isEqualTo("We are on it"));
        });
    }

    @Test
    void whatOthersDidIsHeardTooAndSaysSo() {
        Hub hub = new Hub();
        AtomicBoolean plugged = new AtomicBoolean(true);
        ApplicationContextRunner connected = runner.withBean(
                TicketMeshCustomizer.class, () -> node -> node.transport(origin -> new Cable(hub, origin, plugged)));
        connected
                .withUserConfiguration(Hearing.class)
                .run(one -> connected.withUserConfiguration(Hearing.class).run(two -> {
                    TicketView ticket = tickets(one, "alice")
                            .acknowledgedBy(Acknowledgement.ONE, Duration.ofSeconds(30))
                            .create("Shared");
                    String key = ticket.key().toString();
                    tickets(two, "bob")
                            .acknowledgedBy(Acknowledgement.ONE, Duration.ofSeconds(30))
                            .change(key, edit -> edit.tag("seen"));
                    Ear atOne = one.getBean(Ear.class);
                    Ear atTwo = two.getBean(Ear.class);
                    Waiting.until(() -> atOne.heard.size() == 2 && atTwo.heard.size() == 2);

                    assertThat(atOne.of(TicketEvent.class))
                            .extracting(TicketEvent::isRemote)
                            .containsExactly(false, true);
                    assertThat(atTwo.of(TicketEvent.class))
                            .extracting(TicketEvent::isRemote)
                            .containsExactly(true, false);
                    assertThat(atOne.of(TicketEdited.class))
                            .extracting(event -> event.act().eventId())
                            .isEqualTo(atTwo.of(TicketEdited.class).stream()
                                    .map(event -> event.act().eventId())
                                    .toList());
                    assertThat(atTwo.of(TicketCreated.class).get(0).act().node())
                            .isEqualTo(one.getBean(TicketMesh.class).nodeId());
                    assertThat(atTwo.early).hasValue(0);
                }));
    }

    /** Does not come back before it may. */
    static class Slow {
        static CountDownLatch mayReturn;
        final List<TicketMeshEvent> heard = new CopyOnWriteArrayList<>();

        @EventListener
        void hear(TicketMeshEvent event) throws InterruptedException {
            heard.add(event);
            mayReturn.await();
        }
    }

    /** Has a thread of its own. */
    static class Asynchronous {
        private final List<TicketCreated> heard = new CopyOnWriteArrayList<>();

        public int heard() {
            return heard.size();
        }

        @Async
        @EventListener
        @Order(-1)
        public void hear(TicketCreated event) {
            heard.add(event);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAsync(proxyTargetClass = true)
    static class HearingSlowly {
        @Bean
        Slow slow() {
            return new Slow();
        }

        @Bean
        Asynchronous asynchronous() {
            return new Asynchronous();
        }
    }

    @Test
    void aSlowListenerHoldsUpNeitherWritesNorWhoListensElsewhereAndIsToldWhatItMissed() {
        Slow.mayReturn = new CountDownLatch(1);
        runner.withUserConfiguration(HearingSlowly.class).run(application -> {
            Slow slow = application.getBean(Slow.class);
            TicketMesh node = application.getBean(TicketMesh.class);
            AtomicInteger elsewhere = new AtomicInteger();
            int changes = 16_500;
            try (Subscription other = node.subscribe(event -> elsewhere.incrementAndGet())) {
                Tickets alice = node.tickets("alice");
                String key = alice.create("Printer").key().toString();
                Waiting.until(() -> slow.heard.size() == 1);
                changeOften(alice, key, changes);
                Waiting.until(() -> elsewhere.get() == changes + 1);
                Asynchronous asynchronous = application.getBean(Asynchronous.class);
                Waiting.until(() -> asynchronous.heard() == 1);
                assertThat(slow.heard).hasSize(1);
                assertThat(application.getBean(TicketEventPublisher.class).missed())
                        .isZero();
            } finally {
                Slow.mayReturn.countDown();
            }
            Waiting.until(() -> slow.heard.contains(new TicketEventsMissed()));
            Waiting.until(() -> slow.heard.size() == 2 + changes - 16_384);
            assertThat(slow.heard.get(1)).isEqualTo(new TicketEventsMissed());
            assertThat(((TicketChanged) slow.heard.get(slow.heard.size() - 1))
                            .ticket()
                            .title())
                    .isEqualTo("Printer " + changes);
            assertThat(application.getBean(TicketEventPublisher.class).missed()).isEqualTo(1);
        });
    }

    private static void changeOften(Tickets tickets, String key, int changes) {
        for (int change = 1; change <= changes; ) {
            List<CompletableFuture<TicketView>> answers = new ArrayList<>();
            for (int some = 0; some < 500 && change <= changes; some++) {
                String title = "Printer " + change++;
                answers.add(tickets.changeAsync(key, edit -> edit.title(title)).toCompletableFuture());
            }
            answers.forEach(CompletableFuture::join);
        }
    }

    /** Fails at every second event. */
    static class Moody {
        final AtomicInteger called = new AtomicInteger();

        @EventListener
        void hear(TicketCreated event) {
            if (called.incrementAndGet() % 2 == 1) {
                throw new IllegalStateException("on purpose");
            }
        }
    }

    @Test
    void aListenerThatFailsHearsOnAndTheNodeLives() {
        runner.withUserConfiguration(Hearing.class).withBean(Moody.class).run(application -> {
            Tickets alice = tickets(application, "alice");
            for (int i = 0; i < 4; i++) {
                alice.create("Printer " + i);
            }
            Moody moody = application.getBean(Moody.class);
            Waiting.until(() -> moody.called.get() == 4);
            assertThat(alice.counts().living()).isEqualTo(4);
        });
    }

    /** Takes a while, and uses another bean for it. */
    static class Thorough {
        static final List<String> DONE = new CopyOnWriteArrayList<>();
        private final Tickets tickets;

        Thorough(Tickets tickets) {
            this.tickets = tickets;
        }

        @EventListener
        void hear(TicketCreated event) {
            LockSupport.parkNanos(2_000_000);
            DONE.add(tickets.get(event.key().toString()).title());
        }
    }

    @Test
    void whatHappenedBeforeTheStopIsHeardWhileBeansLive() {
        Thorough.DONE.clear();
        runner.withBean(Thorough.class)
                .withPropertyValues("ticketmesh.application-events.drain-time=30s")
                .run(application -> {
                    for (int i = 0; i < 50; i++) {
                        tickets(application, "alice").create("Printer " + i);
                    }
                });
        assertThat(Thorough.DONE).hasSize(50).last().isEqualTo("Printer 49");
    }

    @Test
    void aListenerThatHangsDoesNotHoldUpTheStop() {
        Slow.mayReturn = new CountDownLatch(1);
        long begin = System.nanoTime();
        try {
            runner.withUserConfiguration(HearingSlowly.class)
                    .withPropertyValues("ticketmesh.application-events.drain-time=100ms")
                    .run(application -> {
                        tickets(application, "alice").create("Printer");
                        Slow slow = application.getBean(Slow.class);
                        Waiting.until(() -> slow.heard.size() == 1);
                    });
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
        } finally {
            Slow.mayReturn.countDown();
        }
    }

    @Test
    void eventsCanBeSwitchedOff() {
        runner.withUserConfiguration(Hearing.class)
                .withPropertyValues("ticketmesh.application-events.enabled=false")
                .run(application -> {
                    assertThat(application).doesNotHaveBean(TicketEventPublisher.class);
                    tickets(application, "alice").create("Printer");
                    assertThat(application.getBean(Ear.class).heard).isEmpty();
                });
    }

    @Test
    void metersTellOfListenersThatAreSlow() {
        runner.withBean(SimpleMeterRegistry.class).run(application -> {
            SimpleMeterRegistry registry = application.getBean(SimpleMeterRegistry.class);
            application.getBean(EventMeters.class).bindTo(registry);
            assertThat(registry.get("ticketmesh.events.waiting").gauge().value())
                    .isZero();
            assertThat(registry.get("ticketmesh.events.missed")
                            .functionCounter()
                            .count())
                    .isZero();
        });
    }
}
