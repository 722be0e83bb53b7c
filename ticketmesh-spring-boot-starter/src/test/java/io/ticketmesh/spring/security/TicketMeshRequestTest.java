package io.ticketmesh.spring.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.spring.TicketMeshAutoConfiguration;
import jakarta.servlet.ServletContext;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.context.WebApplicationContext;

class TicketMeshRequestTest {
    private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(TicketMeshAutoConfiguration.class))
            .withPropertyValues(
                    "ticketmesh.storage=memory", "ticketmesh.rest.path=/desk", "ticketmesh.system-path=/node");

    private static boolean matches(RequestMatcher matcher, WebApplicationContext context, String servlet, String info) {
        ServletContext servlets = Objects.requireNonNull(context.getServletContext());
        servlets.setAttribute(WebApplicationContext.ROOT_WEB_APPLICATION_CONTEXT_ATTRIBUTE, context);
        MockHttpServletRequest request = new MockHttpServletRequest(servlets, "GET", "/any");
        request.setServletPath(servlet);
        request.setPathInfo(info);
        return matcher.matches(request);
    }

    @ParameterizedTest
    @CsvSource({
        "/desk, true, false",
        "/desk/, true, false",
        "/desk/TM-1/comments, true, false",
        "/node/session, true, false",
        "/node/mesh/members/1, true, false",
        "/node/consoles, true, false",
        "/node, false, true",
        "/node/, false, true",
        "/node/console/1/main.js, false, true",
        "/desktop, false, false",
        "/, false, false",
        "/admin/desk, false, false",
        "/tickets, false, false"
    })
    void everyRequestOfOursIsForTheApiOrForTheConsole(String path, boolean api, boolean console) {
        runner.run(context -> {
            WebApplicationContext web = context.getSourceApplicationContext();
            assertThat(matches(TicketMeshRequest.toApi(), web, path, null)).isEqualTo(api);
            assertThat(matches(TicketMeshRequest.toConsole(), web, path, null)).isEqualTo(console);
            assertThat(matches(TicketMeshRequest.toApi(), web, "/servlet", path))
                    .isEqualTo(api);
            assertThat(matches(TicketMeshRequest.toConsole(), web, "/servlet", path))
                    .isEqualTo(console);
        });
    }

    @Test
    void anApplicationThatIsNoNodeHasNone() {
        runner.withPropertyValues("ticketmesh.enabled=false").run(context -> {
            WebApplicationContext web = context.getSourceApplicationContext();
            assertThat(matches(TicketMeshRequest.toApi(), web, "/desk", null)).isFalse();
            assertThat(matches(TicketMeshRequest.toConsole(), web, "/node", null))
                    .isFalse();
        });
    }
}
