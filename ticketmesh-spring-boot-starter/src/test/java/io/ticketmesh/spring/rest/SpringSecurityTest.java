package io.ticketmesh.spring.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.spring.security.TicketMeshRequest;
import jakarta.servlet.DispatcherType;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Applications with Spring Security: their rules decide, and no page of theirs is less safe for having us. */
class SpringSecurityTest {
    private static final String[] ALICE = basic("alice");
    private static final String[] ANNA = basic("anna");

    private static String[] basic(String user) {
        String credentials = user + ":secret";
        return new String[] {
            "Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8))
        };
    }

    @RestController
    static class SecretPage {
        @GetMapping("/secret")
        String secret() {
            return "the secret of the application";
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(SecretPage.class)
    static class People {
        @Bean
        UserDetailsService people() {
            return new InMemoryUserDetailsManager(person("alice", "CUSTOMER"), person("anna", "SUPPORT"));
        }

        private static UserDetails person(String name, String role) {
            return User.withUsername(name).password("{noop}secret").roles(role).build();
        }
    }

    private static Host start(Class<?> application, String... settings) {
        return Host.start(application, Host.with(settings, "spring.autoconfigure.exclude="));
    }

    @Test
    void theRulesOfSpringBootStayAsTheyAre() {
        try (Host host = start(People.class)) {
            host.get("/secret").is(401);
            host.get("/tickets").is(401);
            host.get("/ticketmesh/session").is(401);
            host.get("/ticketmesh/nothing").is(401);
            assertThat(host.get("/secret", ALICE).is(200).text()).isEqualTo("the secret of the application");
            host.get("/tickets", ALICE).is(200);
            assertThat(host.context().getBeansOfType(SecurityFilterChain.class))
                    .as("only that of Spring Boot")
                    .hasSize(1);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import(People.class)
    static class OwnRules {
        @Bean
        SecurityFilterChain rules(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                            .permitAll()
                            .requestMatchers(TicketMeshRequest.toConsole())
                            .permitAll()
                            .requestMatchers(TicketMeshRequest.toApi())
                            .hasAnyRole("CUSTOMER", "SUPPORT")
                            .anyRequest()
                            .denyAll())
                    .httpBasic(Customizer.withDefaults())
                    .build();
        }
    }

    @Test
    void matchersFindUsWhereverWeAre() {
        try (Host host = start(
                OwnRules.class,
                "server.servlet.context-path=/app",
                "spring.mvc.servlet.path=/api",
                "ticketmesh.rest.path=/desk",
                "ticketmesh.system-path=/desk/node")) {
            host.get("/app/api/desk").is(401);
            host.get("/app/api/desk", ALICE).is(200);
            host.get("/app/api/desk/node/session").is(401);
            host.get("/app/api/desk/node/session", ALICE).is(200);
            assertThat(host.get("/app/api/desk/node/console/1/main.js").status())
                    .isNotIn(401, 403);
            host.get("/app/api/secret", ALICE).is(403);
            host.get("/app/api/secret").is(401);
        }
    }

    @Test
    void aWriteNeedsTheTokenOfItsSession() {
        try (Host host = start(OwnRules.class)) {
            String ticket = "{\"title\":\"Printer\"}";
            host.post("/tickets", ticket, ALICE).is(403);
            Answer session = host.get("/ticketmesh/session", ALICE).is(200);
            String[] own = {
                ALICE[0],
                ALICE[1],
                "Cookie",
                session.header("Set-Cookie").replaceAll(";.*", ""),
                session.at("/csrf/header"),
                session.at("/csrf/token")
            };
            String path =
                    "/tickets/" + host.post("/tickets", ticket, own).is(201).id();
            host.patch(path, "{\"priority\":\"high\"}", own).is(200);
            host.put(path + "/tags/hot", own).is(204);
            host.delete(path, own).is(204);
            host.delete(path, ALICE).is(403);
        }
    }

    @Test
    void authoritiesMakeRoles() {
        try (Host host = start(
                OwnRules.class,
                "ticketmesh.rest.roles.reporter=ROLE_CUSTOMER",
                "ticketmesh.rest.roles.agent=SUPPORT")) {
            host.node().tickets("alice").create("Hers");
            host.node().tickets("bob").create("Not hers");
            assertThat(host.get("/tickets?count=true", ALICE).at("/total")).isEqualTo("1");
            assertThat(host.get("/tickets?count=true", ANNA).at("/total")).isEqualTo("2");
            assertThat(host.get("/ticketmesh/session", ALICE).at("/permissions"))
                    .isEqualTo("[\"read\",\"create\",\"comment\"]");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import(People.class)
    static class NobodyComesIn {
        @Bean
        SecurityFilterChain rules(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().denyAll())
                    .httpBasic(Customizer.withDefaults())
                    .build();
        }
    }

    @Test
    void whereNobodyComesInNobodyComesToUs() {
        try (Host host = start(NobodyComesIn.class, "ticketmesh.rest.access=open")) {
            for (String path : new String[] {"/tickets", "/tickets/events", "/ticketmesh/session", "/secret"}) {
                host.get(path).is(401);
                assertThat(host.get(path, ALICE).status()).isIn(401, 403);
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import(People.class)
    static class RulesForOthersOnly {
        @Bean
        SecurityFilterChain rules(HttpSecurity http) throws Exception {
            return http.securityMatcher("/secret")
                    .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .httpBasic(Customizer.withDefaults())
                    .build();
        }
    }

    @Test
    void whereNoRuleIsForUsOnlyTheMachineItselfIsServed() {
        try (Host host = start(RulesForOthersOnly.class)) {
            host.get("/secret").is(401);
            host.get("/tickets").is(200);
            host.get("/tickets", "X-Forwarded-For", "203.0.113.9").isProblem(403, "access-denied");
            host.post("/tickets", "{\"title\":\"x\"}", "Origin", "http://evil.example")
                    .isProblem(403, "cross-site");
        }
    }
}
