package io.ticketmesh.spring.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.oplog.RequestKey;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class IdempotencyKeyTest {
    private static IdempotencyKey key(String text, String principal, String scope, String body) {
        return new IdempotencyKey(text, principal, scope, body.getBytes(StandardCharsets.UTF_8));
    }

    /** The numbers are in operation logs: they may never change. */
    @Test
    void aRequestHasTheSameNumbersOnEveryNodeForEver() {
        assertThat(key("k-1", "ada", "POST /tickets", "{}").request())
                .isEqualTo(new RequestKey(0x45d712ce509f8dd1L, 0x85996c96dfb4f61dL, 0x44136fa355b3678aL));
    }

    @Test
    void anotherBodyIsTheSameRequestWithOtherContent() {
        RequestKey one = key("k-1", "ada", "POST /tickets", "{}").request();
        RequestKey other = key("k-1", "ada", "POST /tickets", "[]").request();

        assertThat(other.isSameRequest(one)).isTrue();
        assertThat(other.body()).isNotEqualTo(one.body());
    }

    @Test
    void whoAsksForWhatUnderWhichKeyAllCount() {
        RequestKey one = key("k-1", "ada", "POST /tickets", "{}").request();

        assertThat(key("k-2", "ada", "POST /tickets", "{}").request().isSameRequest(one))
                .isFalse();
        assertThat(key("k-1", "bob", "POST /tickets", "{}").request().isSameRequest(one))
                .isFalse();
        assertThat(key("k-1", "ada", "POST /tickets/bulk", "{}").request().isSameRequest(one))
                .isFalse();
        assertThat(key("k-1", "ada", "POST /tickets", "{}").part(0).request().isSameRequest(one))
                .isFalse();
    }
}
