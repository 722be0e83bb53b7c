package io.ticketmesh.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.causality.NodeId;
import java.net.InetSocketAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CookiesTest {
    private static final InetSocketAddress ALICE = new InetSocketAddress(RegistryWorld.host(1), 4_000);
    private static final NodeId NODE = new NodeId(1, 2);

    private final Cookies cookies = new Cookies(new Random(1), 0);

    @Test
    void aCookieIsGoodForTheAddressPortAndInstanceThatGotIt() {
        Cookie cookie = cookies.issue(ALICE, NODE, 0);

        assertThat(cookies.isGood(cookie, ALICE, NODE, 0)).isTrue();
        assertThat(cookies.isGood(cookie, new InetSocketAddress(ALICE.getAddress(), 4_001), NODE, 0))
                .isFalse();
        assertThat(cookies.isGood(cookie, new InetSocketAddress(RegistryWorld.host(2), 4_000), NODE, 0))
                .isFalse();
        assertThat(cookies.isGood(cookie, ALICE, new NodeId(1, 3), 0)).isFalse();
    }

    @Test
    void nothingInItCanBeChanged() {
        Cookie cookie = cookies.issue(ALICE, NODE, 0);

        assertThat(isGood(new Cookie(cookie.issue() + 1, cookie.session(), cookie.proofHigh(), cookie.proofLow())))
                .isFalse();
        assertThat(isGood(new Cookie(cookie.issue(), cookie.session() + 1, cookie.proofHigh(), cookie.proofLow())))
                .isFalse();
        assertThat(isGood(new Cookie(cookie.issue(), cookie.session(), cookie.proofHigh() + 1, cookie.proofLow())))
                .isFalse();
        assertThat(isGood(new Cookie(cookie.issue(), cookie.session(), cookie.proofHigh(), cookie.proofLow() + 1)))
                .isFalse();
    }

    @Test
    void aCookieEndsBeforeALeaseIsForgotten() {
        for (long issuedAt = 0; issuedAt < 40_000; issuedAt += 1_300) {
            Cookie cookie = cookies.issue(ALICE, NODE, issuedAt);
            long until = issuedAt;
            while (cookies.isGood(cookie, ALICE, NODE, until)) {
                until += 100;
            }
            assertThat(until - issuedAt).isBetween(Times.COOKIE_KEY, 2 * Times.COOKIE_KEY + 200);
            issuedAt = until;
        }
        assertThat(2 * Times.COOKIE_KEY + 200).isLessThan(Times.MEMORY);
    }

    @Test
    void anotherRegistrysCookieIsWorthNothing() {
        Cookie cookie = new Cookies(new Random(2), 0).issue(ALICE, NODE, 0);

        assertThat(isGood(cookie)).isFalse();
    }

    private boolean isGood(Cookie cookie) {
        return cookies.isGood(cookie, ALICE, NODE, 0);
    }
}
