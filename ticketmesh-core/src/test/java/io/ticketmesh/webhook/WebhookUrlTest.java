package io.ticketmesh.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookUrlTest {
    @Test
    void knowsWhatIsConnectedToAndWhatIsAskedFor() {
        WebhookUrl url = WebhookUrl.parse("https://Desk.example/hooks/one?key=%20a");

        assertThat(url.host()).isEqualTo("desk.example");
        assertThat(url.port()).isEqualTo(443);
        assertThat(url.authority()).isEqualTo("Desk.example");
        assertThat(url.requestTarget()).isEqualTo("/hooks/one?key=%20a");
        assertThat(WebhookUrl.parse("http://[::1]:8080").host()).isEqualTo("::1");
        assertThat(WebhookUrl.parse("http://[::1]:8080").requestTarget()).isEqualTo("/");
        assertThat(WebhookUrl.parse("http://[::1]:8080").authority()).isEqualTo("[::1]:8080");
    }

    @ParameterizedTest
    @CsvSource({
        "'', must begin with https",
        "'desk.example/hooks', must begin with https",
        "'ftp://desk.example/', must begin with https",
        "'file:///etc/passwd', must begin with https",
        "'https:///hooks', names no host",
        "'https://desk.example:99999/', has a port",
        "'https://desk.example:0/', has a port",
        "'https://user:word@desk.example/', 'must hold no user'",
        "'https://desk.example/#part', 'must hold no user, password or fragment'",
        "'https://desk_1.example/', 'is not an address'",
        "'https://127.1/', 'is not an address'",
        "'https://desk.example/a b', 'is not an address'",
        "'https://desk.example/ä', must be in ASCII"
    })
    void saysWhatIsWrong(String text, String complaint) {
        assertThatThrownBy(() -> WebhookUrl.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(complaint);
    }

    @Test
    void noLineBreakReachesTheRequest() {
        assertThatThrownBy(() -> WebhookUrl.parse("https://desk.example/\r\nX: y"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> WebhookUrl.parse("https://desk.example/" + "a".repeat(3_000)))
                .hasMessageContaining("at most 2048");
    }
}
