package io.ticketmesh.spring.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.spring.Waiting;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Incidents that scripts report by REST, and those that the application's own troubles become where it wants that. */
class IncidentsTest {
    private static final String QUICK = "ticketmesh.incidents.interval=20ms";
    private static final Logger LOG = LoggerFactory.getLogger("com.example.shop");

    private Host host;

    @EnableAutoConfiguration
    @Import(Shop.class)
    static class Application {}

    @RestController
    static class Shop {
        @GetMapping("/buy")
        String buy(@RequestParam String what) throws Exception {
            Callable<String> order = () -> {
                throw new IllegalStateException("No " + what + " left");
            };
            return order.call();
        }

        @GetMapping("/pay")
        String pay() {
            throw new CompletionException(new ArithmeticException("by zero"));
        }

        @GetMapping("/refused")
        String refused() {
            throw new IllegalArgumentException("expected");
        }

        @ExceptionHandler(IllegalArgumentException.class)
        ResponseEntity<String> expected() {
            return ResponseEntity.badRequest().body("as it is used to");
        }
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private Answer report(String body) {
        return host.post("/ticketmesh/incidents", body);
    }

    private void untilWritten(long count) {
        Waiting.until(() -> host.node().incidents().statistics().written() == count);
    }

    private Answer tickets() {
        return host.get("/tickets?count=true&sort=createdAt").is(200);
    }

    @Test
    void whatScriptsReportUnderOneKeyIsOneTicketThatCountsAndIsOpenedAgain() {
        host = Host.start(QUICK, "ticketmesh.mesh.node-name=tokyo");
        Answer first = report("""
                        {"dedupKey": "backup", "title": "Backup failed", "severity": "critical", "place": "db-2", "tags": ["nightly"],
                         "queue": "ops", "description": "Look at **rsync**", "details": "exit 12"}""").is(202);
        untilWritten(1);
        Answer ticket = host.get(first.header("Location")).is(200);
        assertThat(ticket.id()).isEqualTo(first.id());
        assertThat(ticket.at("/key")).isEqualTo(first.at("/key"));
        assertThat(ticket.at("/title")).isEqualTo("Backup failed");
        assertThat(ticket.at("/priority")).isEqualTo("urgent");
        assertThat(ticket.at("/queue")).isEqualTo("ops");
        assertThat(ticket.at("/lastPlace")).isEqualTo("db-2");
        assertThat(ticket.at("/occurrences")).isEqualTo("1");
        host.post("/tickets/" + first.id() + "/transitions", "{\"to\":\"closed\"}")
                .is(200);

        assertThat(report("{\"dedupKey\":\"backup\"}").is(202).id()).isEqualTo(first.id());
        untilWritten(2);
        Answer again = host.get("/tickets/" + first.id());
        assertThat(again.at("/status")).isEqualTo("open");
        assertThat(again.at("/occurrences")).isEqualTo("2");
        assertThat(again.at("/lastPlace")).isEqualTo("tokyo");
        assertThat(tickets().at("/total")).isEqualTo("1");
    }

    @Test
    void aReportThatBreaksARuleIsRefusedAndCountsNothing() {
        host = Host.start(QUICK);
        Answer refused = report("""
                        {"dedupKey": " ", "title": "", "severity": "awful", "place": "a\\nb", "tags": [""], "queue": "No Slug", "x": 1}""").isProblem(422, "invalid");
        assertThat(refused.each("/errors", "pointer"))
                .contains("/dedupKey", "/title", "/severity", "/place", "/tags", "/queue", "/x");
        report("{}").isProblem(422, "invalid");
        report("[]").isProblem(422, "invalid");
        report("{\"dedupKey\":\"" + "k".repeat(256) + "\"}").isProblem(422, "invalid");
        assertThat(host.node().incidents().statistics().reported()).isZero();
    }

    @Test
    void anExceptionThatNobodyHandlesIsOneIncidentWhateverItsMessageAndTheAnswerStays() {
        host = Host.start(
                Application.class,
                QUICK,
                "ticketmesh.incidents.unhandled-exceptions=true",
                "logging.level.root=error",
                "ticketmesh.incidents.logged-errors=true"); // Tomcat logs the same exceptions
        host.get("/buy?what=milk").is(500);
        host.get("/buy?what=bread").is(500);
        host.get("/pay").is(500);
        host.get("/refused").is(400);
        host.get("/nowhere").is(404);
        untilWritten(3);

        Answer tickets = tickets();
        assertThat(tickets.each("/items", "title"))
                .containsExactlyInAnyOrder(
                        "IllegalStateException in IncidentsTest$Shop.lambda$buy",
                        "ArithmeticException in IncidentsTest$Shop.pay");
        assertThat(tickets.each("/items", "occurrences")).containsExactlyInAnyOrder("2", "1");
        assertThat(host.node().incidents().statistics().reported()).isEqualTo(3);
        for (String id : tickets.each("/items", "id")) {
            Answer details = host.get("/tickets/" + id + "/comments").is(200);
            assertThat(details.each("/items", "kind")).containsExactly("internal");
            assertThat(details.each("/items", "body").get(0)).contains("Exception: ");
        }
    }

    @Test
    void whatTheApplicationLogsAsAnErrorIsAnIncidentButNotWhatTicketMeshLogs() {
        host = Host.start(
                Application.class, QUICK, "logging.level.root=error", "ticketmesh.incidents.logged-errors=true");
        LOG.error("Order {} is lost", 1);
        LOG.error("Order {} is lost", 2);
        LOG.warn("Order {} is late", 3);
        LoggerFactory.getLogger("io.ticketmesh.node.Node").error("The replica failed");
        untilWritten(2);

        assertThat(tickets().each("/items", "title")).containsExactly("Order {} is lost");
        assertThat(host.node().incidents().statistics().reported()).isEqualTo(2);
    }

    @EnableAutoConfiguration
    static class Database {
        static final AtomicBoolean UP = new AtomicBoolean(true);

        @Bean
        HealthIndicator databaseHealthIndicator() {
            return () -> UP.get() ? Health.up().build() : Health.down().build();
        }
    }

    @Test
    void aComponentThatGoesDownIsAnIncidentAndItsTicketIsToldThatItIsUpAgain() {
        Database.UP.set(true);
        host = Host.start(
                Database.class,
                QUICK,
                "ticketmesh.incidents.health=true",
                "ticketmesh.incidents.health-interval=20ms",
                "ticketmesh.mesh.node-name=tokyo");
        Database.UP.set(false);
        untilWritten(1);
        Answer ticket = host.get("/tickets/" + tickets().at("/items/0/id"));
        assertThat(ticket.at("/title")).isEqualTo("Component database is down");
        Database.UP.set(true);
        String comments = "/tickets/" + ticket.id() + "/comments";
        Waiting.until(() -> host.get(comments).each("/items", "body").contains("It is over on tokyo."));
        assertThat(host.get("/tickets/" + ticket.id()).at("/status")).isEqualTo("new");
        assertThat(host.node().incidents().statistics().reported()).isEqualTo(1);
    }

    /** Is not ready until its health was looked at again and again. */
    @EnableAutoConfiguration
    static class SlowStart {
        private final AtomicInteger looks = new AtomicInteger();

        @Bean
        HealthIndicator lookedAtHealthIndicator() {
            return () -> {
                looks.incrementAndGet();
                return Health.up().build();
            };
        }

        @Bean
        ApplicationRunner untilItWasLookedAt() {
            return arguments -> Waiting.until(() -> looks.get() > 2);
        }
    }

    @Test
    void anApplicationThatTakesItsTimeToStartIsNoIncident() {
        host = Host.start(
                SlowStart.class,
                QUICK,
                "ticketmesh.incidents.health=true",
                "ticketmesh.incidents.health-interval=20ms",
                "management.endpoint.health.probes.enabled=true");
        assertThat(host.node().incidents().statistics().reported()).isZero();
    }

    @Test
    void nothingIsReportedUnlessTheApplicationWantsIt() {
        host = Host.start(Application.class, QUICK, "logging.level.root=error");
        host.get("/buy?what=milk").is(500);
        LOG.error("Order {} is lost", 1);
        assertThat(host.node().incidents().statistics().reported()).isZero();
    }
}
