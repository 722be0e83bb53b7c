package io.ticketmesh.spring.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ticketmesh.spring.TicketMeshProperties;
import io.ticketmesh.spring.TicketMeshProperties.Access;
import io.ticketmesh.spring.TicketMeshProperties.Rest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.web.servletapi.SecurityContextHolderAwareRequestWrapper;
import org.springframework.util.unit.DataSize;

class GateTest {
    private static Gate gate(Access access, String token) {
        return new Gate(settings(access, token), HostSecurity.SERVLET);
    }

    private static Rest settings(Access access, String token) {
        return new Rest(
                true,
                "/tickets",
                access,
                token,
                "anonymous",
                DataSize.ofMegabytes(1),
                DataSize.ofMegabytes(64),
                Duration.ofSeconds(10),
                Duration.ofMillis(500),
                Duration.ofSeconds(5),
                false,
                new TicketMeshProperties.Events(200, Duration.ofSeconds(15), Duration.ofSeconds(20)),
                TicketMeshProperties.Roles.NONE);
    }

    private static MockHttpServletRequest request(String method, String peer, String host) {
        MockHttpServletRequest request = new MockHttpServletRequest(method, "/tickets");
        request.setRemoteAddr(peer);
        request.setServerName(host.replaceAll(":[0-9]+$", ""));
        request.addHeader("Host", host);
        return request;
    }

    private static ProblemKind refusal(Gate gate, MockHttpServletRequest request) {
        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> gate.admit(request));
        assertThat(refused).isNotNull();
        return refused.problem().kind();
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, localhost", "127.8.9.1, 127.0.0.1", "::1, [::1]", "0:0:0:0:0:0:0:1, app.localhost"})
    void whoSitsOnTheMachineComesIn(String peer, String host) {
        assertThatCode(() -> gate(Access.LOOPBACK, null).admit(request("POST", peer, host)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "192.168.0.7, localhost",
        "10.0.0.1, 10.0.0.2",
        "2001:db8::1, localhost",
        "127.0.0.1, evil.example",
        "127.0.0.1, bad.cafe",
        "127.0.0.1, localhost.evil.example"
    })
    void othersDoNotNotEvenToRead(String peer, String host) {
        assertThat(refusal(gate(Access.LOOPBACK, null), request("GET", peer, host)))
                .isEqualTo(ProblemKind.ACCESS_DENIED);
    }

    @Test
    void aProxyOnTheMachineIsNotACallerOnTheMachine() {
        MockHttpServletRequest proxied = request("GET", "127.0.0.1", "localhost");
        proxied.addHeader("X-Forwarded-For", "203.0.113.9");
        assertThat(refusal(gate(Access.LOOPBACK, null), proxied)).isEqualTo(ProblemKind.ACCESS_DENIED);
    }

    @Test
    void whoeverIsRefusedHearsWhichSettingDecides() {
        MockHttpServletRequest stranger = request("GET", "203.0.113.9", "desk.example");
        assertThat(detail(Access.LOOPBACK, null, stranger))
                .contains("ticketmesh.rest.token", "ticketmesh.rest.access=open", "Spring Security");
        MockHttpServletRequest rebound = request("GET", "127.0.0.1", "evil.example");
        assertThat(detail(Access.LOOPBACK, null, rebound)).contains("ticketmesh.rest.access=open");
        assertThat(detail(Access.OPEN, "secret", stranger)).contains("ticketmesh.rest.token");
        MockHttpServletRequest forged = request("POST", "127.0.0.1", "localhost");
        forged.addHeader("Origin", "http://evil.example");
        assertThat(detail(Access.LOOPBACK, null, forged)).contains("ticketmesh.rest.access", "ticketmesh.rest.token");
    }

    private static String detail(Access access, String token, MockHttpServletRequest request) {
        return catchThrowableOfType(
                        ProblemException.class, () -> gate(access, token).admit(request))
                .problem()
                .detail();
    }

    @Test
    void openMeansEverybody() {
        assertThatCode(() -> gate(Access.OPEN, null).admit(request("POST", "203.0.113.9", "desk.example")))
                .doesNotThrowAnyException();
    }

    @Test
    void aTokenIsNeededByAllOnceItIsSet() {
        Gate gate = gate(Access.OPEN, "secret");
        MockHttpServletRequest none = request("GET", "127.0.0.1", "localhost");
        assertThat(refusal(gate, none)).isEqualTo(ProblemKind.UNAUTHENTICATED);
        MockHttpServletRequest wrong = request("GET", "127.0.0.1", "localhost");
        wrong.addHeader("Authorization", "Bearer secreT");
        assertThat(refusal(gate, wrong)).isEqualTo(ProblemKind.UNAUTHENTICATED);
        MockHttpServletRequest basic = request("GET", "127.0.0.1", "localhost");
        basic.addHeader("Authorization", "Basic secret");
        assertThat(refusal(gate, basic)).isEqualTo(ProblemKind.UNAUTHENTICATED);
        MockHttpServletRequest right = request("POST", "203.0.113.9", "desk.example");
        right.addHeader("Authorization", "bearer secret");
        assertThatCode(() -> gate.admit(right)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "http://desk.example:81", "null", "%%%"})
    void aPageOfAnotherSiteCannotWrite(String origin) {
        MockHttpServletRequest write = request("POST", "127.0.0.1", "desk.example");
        write.addHeader("Origin", origin);
        assertThat(refusal(gate(Access.OPEN, null), write)).isEqualTo(ProblemKind.CROSS_SITE);
        MockHttpServletRequest read = request("GET", "127.0.0.1", "desk.example");
        read.addHeader("Origin", origin);
        assertThatCode(() -> gate(Access.OPEN, null).admit(read)).doesNotThrowAnyException();
    }

    @Test
    void ownPagesCanWrite() {
        MockHttpServletRequest tls = request("POST", "127.0.0.1", "desk.example");
        tls.addHeader("Origin", "https://desk.example");
        assertThatCode(() -> gate(Access.OPEN, null).admit(tls)).doesNotThrowAnyException();
        MockHttpServletRequest fetched = request("POST", "127.0.0.1", "behind.proxy");
        fetched.addHeader("Origin", "https://desk.example");
        fetched.addHeader("Sec-Fetch-Site", "same-origin");
        assertThatCode(() -> gate(Access.OPEN, null).admit(fetched)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "nonsense"})
    void theBrowserSaysWhoAsks(String site) {
        MockHttpServletRequest write = request("DELETE", "127.0.0.1", "localhost");
        write.addHeader("Sec-Fetch-Site", site);
        assertThat(refusal(gate(Access.OPEN, null), write)).isEqualTo(ProblemKind.CROSS_SITE);
    }

    @Test
    void anApplicationWithRulesOfItsOwnIsObeyed() {
        Gate gate = new Gate(settings(Access.LOOPBACK, "x"), new SpringSecurity());
        MockHttpServletRequest request = request("POST", "203.0.113.9", "desk.example");
        assertThatCode(() -> gate.admit(new SecurityContextHolderAwareRequestWrapper(request, "ROLE_")))
                .doesNotThrowAnyException();
        assertThat(refusal(gate, request)).isEqualTo(ProblemKind.UNAUTHENTICATED);
    }
}
