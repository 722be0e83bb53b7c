package io.ticketmesh.spring.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.spring.Waiting;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** An application that serves its requests by virtual threads. */
@EnabledForJreRange(min = JRE.JAVA_21)
class VirtualThreadsTest {
    @Test
    void manyWritesAtOnceAndAStreamBesideThem() throws Exception {
        try (Host host = Host.start("spring.threads.virtual.enabled=true")) {
            Listening listening = Listening.to(host, "/tickets/events", null);
            byte[] ticket = "{\"title\":\"Printer\"}".getBytes(StandardCharsets.UTF_8);
            List<CompletableFuture<Answer>> answers = IntStream.range(0, 200)
                    .mapToObj(i -> host.sendAsync("POST", "/tickets", ticket, "Content-Type", "application/json"))
                    .toList();
            answers.forEach(answer -> answer.join().is(201));
            for (int i = 0; i < 200; i++) {
                assertThat(listening.next().name()).isEqualTo("ticket.created");
            }
            listening.close();
        }
        Waiting.until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("ticketmesh")));
    }
}
