package io.ticketmesh.spring.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.spring.Waiting;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Webhooks by REST: who may have them, what is wrong with them, and what receivers hear. */
class WebhookTest {
    private static final String ROOT = "/ticketmesh/webhooks";

    private final Receiving receiving = Receiving.start();
    private final Host host = Host.start(Receiving.ALLOWED);

    @AfterEach
    void stop() {
        host.close();
        receiving.close();
    }

    private Answer create() {
        return host.post(ROOT, "{\"url\":\"" + receiving.url() + "\"}").is(201);
    }

    @Test
    void aSecretIsShownWhenItIsMadeAndNeverAgain() {
        Answer made = create();
        String id = made.id();
        String own = ROOT + "/" + id;

        assertThat(made.at("/secret")).startsWith("whsec_");
        assertThat(made.header("Location")).isEqualTo(own);
        assertThat(made.header("Cache-Control")).isEqualTo("no-store");
        for (Answer later : List.of(
                host.get(ROOT).is(200),
                host.get(own).is(200),
                host.patch(own, "{\"description\":\"The chat\"}").is(200))) {
            assertThat(later.text()).contains(id).doesNotContain("whsec_").doesNotContain("secret");
        }
        Answer rotated = host.post(own + "/rotate", "{}").is(200);
        assertThat(rotated.at("/secret")).startsWith("whsec_").isNotEqualTo(made.at("/secret"));
        host.delete(own).is(204);
        host.get(own).isProblem(404, "unknown-webhook");
        assertThat(host.get(ROOT).is(200).text()).isEqualTo("{\"items\":[]}");
    }

    @Test
    void aRepeatedRequestMakesOneWebhook() {
        String body = "{\"url\":\"" + receiving.url() + "\"}";
        Answer first = host.post(ROOT, body, "Idempotency-Key", "once").is(201);
        Answer again = host.post(ROOT, body, "Idempotency-Key", "once").is(201);

        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(again.text()).doesNotContain("whsec_");
        assertThat(host.get(ROOT).each("/items", "id")).hasSize(1);
    }

    @Test
    void whatHappensIsToldAndRememberedAndCanBeSentAgain() {
        String own = ROOT + "/" + create().id();
        Answer ping = host.post(own + "/ping", "{}").is(200);
        host.create("Printer on fire");
        Waiting.until(() -> receiving.bodies().size() == 2);

        assertThat(ping.text()).contains("\"accepted\":true", "\"status\":200", "\"body\":\"ok\"");
        assertThat(receiving.bodies().get(0)).startsWith("{\"type\":\"ping\"");
        assertThat(receiving.bodies().get(1))
                .startsWith("{\"type\":\"ticket.created\"")
                .contains("Printer on fire");
        Waiting.until(() -> !host.get(own + "/deliveries").each("/items", "id").isEmpty());
        Answer deliveries = host.get(own + "/deliveries").is(200);
        assertThat(deliveries.each("/items", "state")).containsExactly("delivered");
        String delivery = deliveries.each("/items", "id").get(0);
        Answer again =
                host.post(own + "/deliveries/" + delivery + "/redeliver", "{}").is(200);
        assertThat(again.at("/state")).isEqualTo("delivered");
        assertThat(receiving.bodies().get(2)).isEqualTo(receiving.bodies().get(1));
        host.post(own + "/deliveries/unknown/redeliver", "{}").isProblem(404, "unknown-webhook");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | /url | is required",
                "{\"url\":\"nonsense\"} | /url | must begin with https",
                "{\"url\":\"ftp://127.0.0.1/\"} | /url | must begin with https",
                "{\"url\":\"https://10.0.0.1/\"} | /url | leads to 10.0.0.1, which is no public address",
                "{\"url\":\"https://169.254.169.254/latest\"} | /url | no public address",
                "{\"url\":\"https://[::ffff:10.0.0.1]/\"} | /url | no public address",
                "{\"url\":\"https://0.0.0.0/\"} | /url | no public address",
                "{\"url\":\"http://8.8.8.8/\"} | /url | must begin with https",
                "{\"url\":\"https://a:b@8.8.8.8/\"} | /url | must hold no user",
                "{\"url\":5} | /url | must be a string",
                "{\"url\":\"https://8.8.8.8/\",\"events\":[\"ticket.exploded\"]} | /events | has 'ticket.exploded', which is not one of",
                "{\"url\":\"https://8.8.8.8/\",\"events\":[5]} | /events/0 | must be a string",
                "{\"url\":\"https://8.8.8.8/\",\"filter\":\"colour:red\"} | /filter | colour",
                "{\"url\":\"https://8.8.8.8/\",\"secret\":\"whsec_c2hvcnQ=\"} | /secret | has 5 bytes",
                "{\"url\":\"https://8.8.8.8/\",\"since\":\"2026-01-01T00:00:00Z\"} | /since | is written by the server only",
                "{\"url\":\"https://8.8.8.8/\",\"verb\":\"PUT\"} | /verb | is not a field that exists here"
            })
    void whatIsWrongIsNamed(String body, String pointer, String detail) {
        Answer problem = host.post(ROOT, body).isProblem(422, "invalid");

        assertThat(problem.each("/errors", "pointer")).containsExactly(pointer);
        assertThat(problem.each("/errors", "detail").get(0)).contains(detail);
        assertThat(host.get(ROOT).text()).isEqualTo("{\"items\":[]}");
    }

    @Test
    void thereIsAMostOfThem() {
        for (int number = 0; number < 20; number++) {
            host.post(ROOT, "{\"url\":\"https://8.8.8.8/" + number + "\",\"active\":false}")
                    .is(201);
        }

        Answer problem = host.post(ROOT, "{\"url\":\"https://8.8.8.8/\"}").isProblem(422, "invalid");

        assertThat(problem.at("/detail")).isEqualTo("webhooks has 20, which is the most");
    }

    @Test
    void malformedRequestsAreRefused() {
        String own = ROOT + "/" + create().id();
        host.post(ROOT, "{").isProblem(400, "malformed-json");
        host.get(ROOT + "?x=1").isProblem(400, "invalid-parameter");
        host.post(own + "/ping", "{\"x\":1}").isProblem(422, "invalid");
        host.patch(own, "{\"url\":null}").isProblem(422, "invalid");
        host.patch(own, "{\"secret\":\"whsec_c2hvcnQ=\"}").isProblem(422, "invalid");
        host.send("PUT", own, "{}", "Content-Type", "application/json").isProblem(405, "method-not-allowed");
        host.send("POST", ROOT, "url=x", "Content-Type", "application/x-www-form-urlencoded")
                .isProblem(415, "unsupported-media-type");
        for (String path : List.of("", "/deliveries")) {
            host.get(ROOT + "/unknown" + path).isProblem(404, "unknown-webhook");
        }
    }

    @Test
    void onlyAdministratorsHaveThem() {
        try (Host guarded = Host.start(SignedIn.class, Host.with(SignedIn.ROLES, Receiving.ALLOWED))) {
            String own = ROOT + "/"
                    + guarded.post(ROOT, "{\"url\":\"" + receiving.url() + "\"}", SignedIn.ROOT)
                            .is(201)
                            .id();
            for (String[] who : List.of(SignedIn.ALICE, SignedIn.ANNA)) {
                guarded.get(ROOT, who).isProblem(403, "access-denied");
                guarded.post(ROOT, "{\"url\":\"" + receiving.url() + "\"}", who).isProblem(403, "access-denied");
                guarded.get(own, who).isProblem(403, "access-denied");
                guarded.get(own + "/deliveries", who).isProblem(403, "access-denied");
                guarded.delete(own, who).isProblem(403, "access-denied");
                guarded.post(own + "/ping", "{}", who).isProblem(403, "access-denied");
                guarded.post(own + "/rotate", "{}", who).isProblem(403, "access-denied");
            }
            guarded.post("/tickets", "{\"title\":\"Printer\"}", SignedIn.ANNA).is(201);
            Waiting.until(() -> receiving.bodies().size() == 1);
            assertThat(receiving.bodies().get(0)).contains("\"actor\":\"anna\"");
        }
    }

    @Test
    void aNodeThatSendsNothingSaysSo() {
        try (Host mute = Host.start(Receiving.ALLOWED, "ticketmesh.webhooks.enabled=false")) {
            String id = mute.post(ROOT, "{\"url\":\"" + receiving.url() + "\"}")
                    .is(201)
                    .id();
            mute.post(ROOT + "/" + id + "/ping", "{}").isProblem(409, "webhook-refused");
        }
    }

    @Test
    void aNetworkThatIsNoneStopsTheStart() {
        assertThatThrownBy(() -> Host.start("ticketmesh.webhooks.allowed-networks=intranet"))
                .hasStackTraceContaining(
                        "ticketmesh.webhooks.allowed-networks: 'intranet' is no network like 10.0.0.0/8 or fd00::/8");
    }
}
