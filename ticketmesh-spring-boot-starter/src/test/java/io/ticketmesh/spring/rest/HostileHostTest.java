package io.ticketmesh.spring.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/** Applications that configure, advise and map as they please: the contract stays what it is. */
class HostileHostTest {
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({CatchAll.class, Catcher.class})
    static class Hostile {}

    @RestController
    static class CatchAll {
        @GetMapping("/{page}")
        SomePage page(@PathVariable String page) {
            return new SomePage(page);
        }
    }

    record SomePage(String pageName) {}

    @RestControllerAdvice
    static class Catcher {
        @ExceptionHandler
        ResponseEntity<String> anything(Exception fault) {
            return ResponseEntity.status(HttpStatus.CONFLICT).body("caught");
        }
    }

    @Test
    void neitherMapperNorAdviceNorCatchAllChangesTheContract() {
        try (Host plain = Host.start();
                Host hostile = Host.start(
                        Hostile.class,
                        "spring.jackson.property-naming-strategy=SNAKE_CASE",
                        "spring.jackson.default-property-inclusion=non_null",
                        "spring.web.error.include-stacktrace=always")) {
            assertThat(hostile.get("/about").at("/page_name")).isEqualTo("about");
            String path = "/tickets/0198c5a1-7d3e-4a6b-9c1d-2e3f4a5b6c7d";
            for (Host host : new Host[] {plain, hostile}) {
                host.send("PUT", path, "{\"title\":\"Same\"}", "Content-Type", "application/json", "If-None-Match", "*")
                        .is(201);
            }
            assertThat(withoutTimes(hostile.get(path))).isEqualTo(withoutTimes(plain.get(path)));
            assertThat(hostile.get("/tickets/nothing!").text())
                    .isEqualTo(plain.get("/tickets/nothing!").text());
            assertThat(hostile.get("/tickets").is(200).at("/items/0/statusCategory"))
                    .isEqualTo("open");
            hostile.send("POST", "/tickets", "x", "Content-Type", "multipart/form-data")
                    .isProblem(415, "unsupported-media-type");
        }
    }

    private static String withoutTimes(Answer answer) {
        return answer.text().replaceAll("\"(createdAt|updatedAt|etag)\":\"[^\"]*\"", "");
    }

    @Test
    void pathsInFrontAreFollowed() {
        try (Host host = Host.start(
                "server.servlet.context-path=/app",
                "spring.mvc.servlet.path=/api",
                "ticketmesh.rest.path=/desk",
                "ticketmesh.system-path=/desk-node")) {
            Answer created =
                    host.post("/app/api/desk", "{\"title\":\"Far down\"}").is(201);
            assertThat(created.header("Location")).isEqualTo("/app/api/desk/" + created.id());
            host.get(created.header("Location")).is(200);
            for (int i = 0; i < 3; i++) {
                host.post("/app/api/desk", "{\"title\":\"More\"}").is(201);
            }
            String link = host.get("/app/api/desk?limit=2").header("Link");
            assertThat(link).startsWith("</app/api/desk?limit=2&cursor=");
            host.get("/app/api/desk/nothing!").isProblem(404, "unknown-ticket");
            assertThat(host.get("/app/api/desk/x/y/z/u")
                            .isProblem(404, "not-found")
                            .at("/instance"))
                    .isEqualTo("/app/api/desk/x/y/z/u");
            host.send("POST", "/app/api/desk", "x", "Content-Type", "multipart/form-data")
                    .isProblem(415, "unsupported-media-type");
            host.get("/app/api/desk-node/meta").is(200);
            host.get("/app/api/tickets").is(404);
        }
    }

    @Test
    void theAuthenticatedUserIsTheActor() {
        try (Host host = Host.start(SignedIn.class, "ticketmesh.rest.anonymous-name=guest")) {
            Answer created = host.post("/tickets", "{\"title\":\"By alice\"}", "X-User", "alice")
                    .is(201);
            assertThat(created.at("/createdBy")).isEqualTo("alice");
            assertThat(host.create("By nobody").at("/createdBy")).isEqualTo("guest");
            assertThat(host.get("/tickets?reporter=@me&count=true", "X-User", "alice")
                            .at("/total"))
                    .isEqualTo("1");
            host.post("/tickets", "{\"title\":\"x\"}", "X-User", "x".repeat(129))
                    .isProblem(403, "access-denied");
            host.post("/tickets", "{\"title\":\"One key, two users\"}", "X-User", "alice", "Idempotency-Key", "k")
                    .is(201);
            Answer bob = host.post(
                            "/tickets", "{\"title\":\"One key, two users\"}", "X-User", "bob", "Idempotency-Key", "k")
                    .is(201);
            assertThat(bob.header("Idempotent-Replayed")).isNull();
        }
    }

    @Test
    void aTokenIsAskedForOnEveryPath() {
        try (Host host = Host.start("ticketmesh.rest.token=secret", "ticketmesh.rest.require-if-match=true")) {
            for (String path :
                    new String[] {"/tickets", "/tickets/x/y/z/u", "/ticketmesh/meta", "/ticketmesh/mesh/digest"}) {
                Answer refused = host.get(path).isProblem(401, "unauthenticated");
                assertThat(refused.header("WWW-Authenticate")).startsWith("Bearer ");
            }
            String[] token = {"Authorization", "Bearer secret"};
            Answer created =
                    host.post("/tickets", "{\"title\":\"Known\"}", token).is(201);
            String path = "/tickets/" + created.id();
            host.patch(path, "{\"title\":\"x\"}", token).isProblem(428, "precondition-required");
            host.delete(path, token).isProblem(428, "precondition-required");
            host.patch(path, "{\"title\":\"x\"}", "Authorization", "Bearer secret", "If-Match", created.etag())
                    .is(200);
        }
    }

    @Test
    void aReadOnlyNodeAnswersReads() {
        try (Host host = Host.start("ticketmesh.read-only=true")) {
            Answer refused = host.post("/tickets", "{\"title\":\"x\"}").isProblem(503, "read-only");
            assertThat(refused.header("Retry-After")).isNotNull();
            host.get("/tickets").is(200);
            assertThat(host.get("/ticketmesh/mesh").at("/node/writable")).isEqualTo("false");
        }
    }

    @Test
    void theNodeTellsWhoItIsAndWhatItCanDo() {
        try (Host host = Host.start()) {
            host.create("Counted");
            Answer mesh = host.get("/ticketmesh/mesh").is(200);
            assertThat(mesh.at("/node/id")).isEqualTo(host.node().nodeId().toString());
            assertThat(mesh.at("/version")).endsWith(":1}");
            assertThat(host.get("/ticketmesh/mesh/digest").at("/digest"))
                    .isEqualTo(host.node().digest());
            Answer meta = host.get("/ticketmesh/meta").is(200);
            assertThat(meta.each("/workflow/states", "name")).contains("new", "closed");
            assertThat(meta.at("/requests/bodyBytes")).isEqualTo("1048576");
            assertThat(meta.at("/version")).matches("[0-9]+\\.[0-9]+\\..*");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(OwnTickets.class)
    static class Clashing {}

    @RestController
    static class OwnTickets {
        @GetMapping("/tickets/mine")
        String mine() {
            return "mine";
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class ClashingRoutes {
        @Bean
        RouterFunction<ServerResponse> own() {
            return RouterFunctions.nest(
                    RequestPredicates.path("/ticketmesh"),
                    RouterFunctions.route(
                            RequestPredicates.GET("/home"),
                            request -> ServerResponse.ok().build()));
        }
    }

    @Test
    void aPathThatTheApplicationHasTooStopsTheStart() {
        assertThat(clash(Clashing.class)).contains("ticketmesh.rest.path");
        assertThat(clash(ClashingRoutes.class)).contains("ticketmesh.system-path");
        try (Host moved = Host.start(Clashing.class, "ticketmesh.rest.path=/desk")) {
            assertThat(moved.get("/tickets/mine").is(200).text()).isEqualTo("mine");
            moved.get("/desk").is(200);
        }
    }

    private static String clash(Class<?> application) {
        try (Host host = Host.start(application)) {
            throw new AssertionError("started on port " + host.port());
        } catch (RuntimeException failed) {
            FailureAnalysis analysis = new PathClashFailureAnalyzer().analyze(failed);
            assertThat(analysis).isNotNull();
            return analysis.getAction();
        }
    }
}
