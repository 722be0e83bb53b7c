package io.ticketmesh.spring.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

/** What a program in a browser has to know before it writes. */
class SessionTest {
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Guarded {}

    private static final String[] ALICE = {
        "Authorization", "Basic " + Base64.getEncoder().encodeToString("alice:secret".getBytes())
    };

    private static Host guarded() {
        return Host.start(
                Guarded.class,
                "spring.autoconfigure.exclude=",
                "spring.security.user.name=alice",
                "spring.security.user.password=secret");
    }

    @Test
    void withoutSpringSecurityNobodyIsKnownAndNoTokenNeeded() {
        try (Host host = Host.start("ticketmesh.rest.anonymous-name=guest")) {
            Answer session = host.get("/ticketmesh/session").is(200);
            assertThat(session.text())
                    .startsWith(
                            "{\"actor\":\"guest\",\"authenticated\":false,\"csrf\":null,\"readOnly\":false,\"permissions\":[\"read\",\"read-internal\",\"create\",");
            assertThat(session.header("Cache-Control")).isEqualTo("no-store");
            host.get("/ticketmesh/session?x=1").isProblem(400, "invalid-parameter");
        }
    }

    @Test
    void aNodeThatTakesNoWritesSaysSo() {
        try (Host host = Host.start("ticketmesh.read-only=true")) {
            assertThat(host.get("/ticketmesh/session").is(200).at("/readOnly")).isEqualTo("true");
        }
    }

    @Test
    void theTokenOfSpringSecurityMakesWritesPass() {
        try (Host host = guarded()) {
            host.get("/ticketmesh/session").is(401);
            Answer session = host.get("/ticketmesh/session", ALICE).is(200);
            assertThat(session.at("/actor")).isEqualTo("alice");
            assertThat(session.at("/authenticated")).isEqualTo("true");
            assertThat(session.at("/csrf/header")).isEqualTo("X-CSRF-TOKEN");
            assertThat(session.at("/csrf/parameter")).isEqualTo("_csrf");
            assertThat(session.header("Cache-Control")).isEqualTo("no-store");
            // refused by Spring Security, whose default rules ask for a password on the error page too
            host.post("/tickets", "{\"title\":\"Forged\"}", ALICE).is(401);
            String cookie = session.header("Set-Cookie").replaceAll(";.*", "");
            String[] own = with(ALICE, "Cookie", cookie, session.at("/csrf/header"), session.at("/csrf/token"));
            assertThat(host.post("/tickets", "{\"title\":\"Own\"}", own).is(201).at("/createdBy"))
                    .isEqualTo("alice");
            assertThat(host.get("/tickets?count=true", ALICE).at("/total")).isEqualTo("1");
        }
    }

    private static String[] with(String[] headers, String... more) {
        return Stream.concat(Arrays.stream(headers), Arrays.stream(more)).toArray(String[]::new);
    }

    @Test
    void theEndpointsLoadWithoutSpringSecurity() {
        new WebApplicationContextRunner()
                .withClassLoader(new FilteredClassLoader("org.springframework.security"))
                .withUserConfiguration(Host.Plain.class)
                .withPropertyValues("ticketmesh.storage=memory", "server.port=0")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasBean("ticketMeshRoutes")
                        .doesNotHaveBean("ticketMeshHostSecurity"));
    }
}
