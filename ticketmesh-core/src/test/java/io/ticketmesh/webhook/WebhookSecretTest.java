package io.ticketmesh.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSecretTest {
    private static final String KNOWN = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);

    /** The text was signed with the library standardwebhooks 1.1.1 for JavaScript. */
    @Test
    void signsAsOthersDo() {
        String signature = WebhookSecret.parse(KNOWN).sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, BODY);

        assertThat(signature).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void whileASecretIsChangedBothSign() {
        WebhookSecret fresh = WebhookSecret.random(new SplittableRandom(1));
        WebhookSecret old = WebhookSecret.parse(KNOWN);
        Instant until = Instant.parse("2026-01-02T00:00:00Z");
        List<Webhook.Key> keys = List.of(new Webhook.Key(fresh, null), new Webhook.Key(old, until));
        Message message = new Message("id", BODY);

        Instant before = until.minusSeconds(1);
        assertThat(message.headers(keys, before).get("webhook-signature"))
                .isEqualTo(fresh.sign("id", before.getEpochSecond(), BODY) + " "
                        + old.sign("id", before.getEpochSecond(), BODY));
        assertThat(message.headers(keys, until).get("webhook-signature"))
                .isEqualTo(fresh.sign("id", until.getEpochSecond(), BODY));
    }

    @Test
    void readsWhatItWritesAndShowsNothingByItself() {
        WebhookSecret secret = WebhookSecret.random(new SplittableRandom(2));

        assertThat(WebhookSecret.parse(secret.text()).text()).isEqualTo(secret.text());
        assertThat(secret.text()).startsWith("whsec_").hasSize(50);
        assertThat(secret.toString()).isEqualTo("whsec_…");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "whsec_",
                "whsec_c2hvcnQ=",
                "whsec_not base 64 at all!!!!"
            })
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> WebhookSecret.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesWhatIsTooLongWithoutTellingIt() {
        String text = "whsec_" + "QUJD".repeat(22);

        assertThatThrownBy(() -> WebhookSecret.parse(text))
                .hasMessage("has 66 bytes, it must have 24 to 64")
                .hasMessageNotContaining("QUJD");
    }
}
