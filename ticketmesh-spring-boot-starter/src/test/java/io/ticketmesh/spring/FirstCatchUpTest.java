package io.ticketmesh.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.TicketMesh;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** Applications on real sockets of this machine. */
class FirstCatchUpTest {
    private static final int TICKETS = 3_000;
    private final String cluster = "test-" + UUID.randomUUID();

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    /** How many tickets an application has when it says that it is ready; -1 before it does. */
    private final AtomicLong held = new AtomicLong(-1);

    private ConfigurableApplicationContext start(String... settings) {
        String[] arguments = Stream.concat(
                        Stream.of(
                                "spring.main.banner-mode=off",
                                "logging.level.root=off",
                                "ticketmesh.storage=memory",
                                "ticketmesh.mesh.cluster=" + cluster),
                        Stream.of(settings))
                .map(setting -> "--" + setting)
                .toArray(String[]::new);
        ApplicationListener<AvailabilityChangeEvent<?>> whenReady = event -> {
            if (event.getState() == ReadinessState.ACCEPTING_TRAFFIC
                    && event.getSource() instanceof ConfigurableApplicationContext ready) {
                held.set(ready.getBean(TicketMesh.class).service().counts().living());
            }
        };
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .registerShutdownHook(false)
                .listeners(whenReady)
                .run(arguments);
    }

    @Test
    void anApplicationThatWaitsHasWhatOthersHoldWhenItIsReady() {
        try (ConfigurableApplicationContext first = start()) {
            fill(first);
            held.set(-1);
            try (ConfigurableApplicationContext second = start("ticketmesh.mesh.ready-wait=60s")) {
                assertThat(second.isActive()).isTrue();
                assertThat(held).hasValue(TICKETS);
            }
        }
    }

    private static void fill(ConfigurableApplicationContext application) {
        TicketMesh node = application.getBean(TicketMesh.class);
        List<CompletableFuture<?>> written = new ArrayList<>();
        for (int ticket = 0; ticket < TICKETS; ticket++) {
            written.add(
                    node.tickets().createAsync("Ticket " + ticket, edit -> {}).toCompletableFuture());
        }
        written.forEach(CompletableFuture::join);
    }

    @Test
    void oneThatIsAloneIsReadySoon() {
        long begin = System.nanoTime();
        try (ConfigurableApplicationContext alone = start("ticketmesh.mesh.ready-wait=10m")) {
            assertThat(alone.isActive()).isTrue();
            assertThat(held).hasValue(0);
        }
        assertThat((System.nanoTime() - begin) / 1_000_000_000).isLessThan(110);
    }
}
