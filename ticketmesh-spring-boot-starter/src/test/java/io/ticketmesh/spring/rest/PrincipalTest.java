package io.ticketmesh.spring.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ticketmesh.spring.TicketMeshProperties;
import io.ticketmesh.spring.access.TicketAuthorizer;
import io.ticketmesh.spring.access.TicketCaller;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.util.ServletRequestPathUtils;

/** Whom the application authenticated, and as whom he acts. */
class PrincipalTest {
    private static TicketCaller caller(String name) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/tickets");
        request.setUserPrincipal(name == null ? null : () -> name);
        request.addUserRole("support");
        ServletRequestPathUtils.parseAndCache(request);
        TicketMeshProperties settings = new Binder().bindOrCreate("ticketmesh", TicketMeshProperties.class);
        Desk desk = new Desk(
                () -> {
                    throw new AssertionError("nobody opens it");
                },
                settings,
                null,
                null,
                HostSecurity.SERVLET,
                TicketAuthorizer.UNRESTRICTED,
                null);
        return new Call(ServerRequest.create(request, List.of()), desk).caller();
    }

    @Test
    void aNameIsTakenAsItIs() {
        String name = "Zoë O'Brien <zoe@desk.example>";
        assertThat(caller(name))
                .extracting(TicketCaller::name, TicketCaller::isAuthenticated)
                .containsExactly(name, true);
        assertThat(caller("x".repeat(128)).name()).hasSize(128);
    }

    @Test
    void withoutANameSomebodyIsNobodyInParticular() {
        for (String name : new String[] {null, "", " "}) {
            assertThat(caller(name)).isEqualTo(new TicketCaller("anonymous", null, Set.of()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {" alice", "alice ", "al\nice", "al\u0000ice", "al\u2028ice", "al\ud800ice"})
    void aNameThatWouldBeAnotherWhereItIsWrittenIsRefused(String name) {
        assertRefused(name);
    }

    @Test
    void aNameThatIsTooLongIsRefused() {
        assertRefused("x".repeat(129));
    }

    private static void assertRefused(String name) {
        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> caller(name));
        assertThat(refused.problem().kind()).isEqualTo(ProblemKind.ACCESS_DENIED);
        assertThat(refused.problem().detail()).contains("128");
    }
}
