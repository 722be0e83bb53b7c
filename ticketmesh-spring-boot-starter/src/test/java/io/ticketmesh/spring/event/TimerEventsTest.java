package io.ticketmesh.spring.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.feed.NewsType;
import io.ticketmesh.spring.TicketMeshAutoConfiguration;
import io.ticketmesh.spring.TicketMeshCustomizer;
import io.ticketmesh.spring.Waiting;
import io.ticketmesh.ticket.ServiceMetric;
import io.ticketmesh.ticket.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/** What happens by itself is heard like what people do. */
class TimerEventsTest {
    private static final Instant START = Instant.parse("2026-07-06T08:00:00Z");

    private final AtomicLong clock = new AtomicLong(START.toEpochMilli());
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(TicketMeshAutoConfiguration.class, TicketMeshEventAutoConfiguration.class))
            .withBean(TicketMeshCustomizer.class, () -> node -> node.clock(clock::get))
            .withUserConfiguration(Hearing.class)
            .withPropertyValues(
                    "ticketmesh.storage=memory",
                    "ticketmesh.timers.close-resolved-after=1d",
                    "ticketmesh.sla.policies[0].name=all",
                    "ticketmesh.sla.policies[0].update=2h",
                    "ticketmesh.sla.policies[0].escalation.tag=late");

    static class Ear {
        final List<TicketTimerFired> heard = new CopyOnWriteArrayList<>();

        @EventListener
        void hear(TicketTimerFired event) {
            heard.add(event);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Hearing {
        @Bean
        Ear ear() {
            return new Ear();
        }
    }

    @Test
    void eachKindOfTimerIsHeard() {
        runner.run(application -> {
            TicketMesh mesh = application.getBean(TicketMesh.class);
            Ear ear = application.getBean(Ear.class);
            String id = mesh.tickets("alice")
                    .create("Printer", edit -> edit.dueAt(START.plusSeconds(3_600)))
                    .id()
                    .toString();
            pass(Duration.ofHours(1));
            Waiting.until(() -> ear.heard.size() == 1);
            pass(Duration.ofHours(1));
            Waiting.until(() -> ear.heard.size() == 2);
            mesh.tickets("bob").change(id, edit -> edit.pendingUntil(START.plusSeconds(3 * 3_600)));
            pass(Duration.ofHours(1));
            Waiting.until(() -> ear.heard.size() == 3);
            mesh.tickets("bob").transition(id, Status.RESOLVED);
            pass(Duration.ofDays(1));
            Waiting.until(() -> ear.heard.size() == 4);

            assertThat(ear.heard.get(0)).isInstanceOf(TicketOverdue.class);
            assertThat(ear.heard.get(0).due()).isEqualTo(START.plusSeconds(3_600));
            assertThat(ear.heard.get(1)).isInstanceOfSatisfying(TicketServiceBreached.class, breached -> {
                assertThat(breached.metric()).isEqualTo(ServiceMetric.UPDATE);
                assertThat(breached.ticket().tags()).containsExactly("late");
                assertThat(breached.change("tags")).isNotNull();
            });
            assertThat(ear.heard.get(2)).isInstanceOf(TicketSnoozeEnded.class);
            assertThat(ear.heard.get(3)).isInstanceOf(TicketAutoClosed.class);
            assertThat(ear.heard).allSatisfy(event -> {
                assertThat(event.act().actor()).isEqualTo("ticketmesh");
                assertThat(event.isRemote()).isFalse();
            });
            assertThat(mesh.service().feed().read(VersionVector.EMPTY, 100).news().stream()
                            .filter(news ->
                                    news.type().compareTo(NewsType.COMMENTED) > 0 && news.type() != NewsType.UPDATED)
                            .map(news -> news.type().label() + " " + news.eventId()))
                    .as("the stream of events says the same")
                    .containsExactly(
                            "ticket.overdue " + ear.heard.get(0).act().eventId(),
                            "ticket.sla_breached " + ear.heard.get(1).act().eventId(),
                            "ticket.snooze_ended " + ear.heard.get(2).act().eventId(),
                            "ticket.auto_closed " + ear.heard.get(3).act().eventId());
        });
    }

    private void pass(Duration duration) {
        clock.addAndGet(duration.toMillis());
    }
}
