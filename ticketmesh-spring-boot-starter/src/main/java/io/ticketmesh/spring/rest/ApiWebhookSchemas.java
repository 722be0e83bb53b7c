package io.ticketmesh.spring.rest;

import static io.ticketmesh.spring.rest.ApiType.count;
import static io.ticketmesh.spring.rest.ApiType.known;
import static io.ticketmesh.spring.rest.ApiType.list;
import static io.ticketmesh.spring.rest.ApiType.nullable;
import static io.ticketmesh.spring.rest.ApiType.oneOf;
import static io.ticketmesh.spring.rest.ApiType.ref;
import static io.ticketmesh.spring.rest.ApiType.shape;
import static io.ticketmesh.spring.rest.ApiType.text;
import static io.ticketmesh.spring.rest.ApiType.time;
import static io.ticketmesh.spring.rest.ApiType.truth;
import static io.ticketmesh.spring.rest.ApiType.uuid;
import static io.ticketmesh.spring.rest.ApiType.whole;

import io.ticketmesh.webhook.Delivery;
import io.ticketmesh.webhook.Webhook;
import io.ticketmesh.webhook.WebhookEdit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The schemas of webhooks and their deliveries. */
final class ApiWebhookSchemas {
    private static final int MAX_URL = 2_048;
    private static final int LOWEST_STATUS = 100;
    private static final int HIGHEST_STATUS = 999;

    private ApiWebhookSchemas() {}

    static Map<String, ApiObject> all() {
        Map<String, ApiObject> all = new LinkedHashMap<>();
        all.put("NewWebhook", newWebhook());
        all.put("WebhookPatch", settings(shape("What is changed of a webhook.")).closed());
        all.put(
                "Webhook",
                shown(shape("Somebody outside who is told what happens to tickets."))
                        .open());
        all.put(
                "WebhookWithSecret",
                shown(shape("A webhook with its newest secret."))
                        .optional(
                                "secret", text(), "What receivers check signatures with; absent in a repeated answer.")
                        .open());
        all.put("WebhookStop", stop());
        all.put("WebhookList", listOf("Webhook"));
        all.put("WebhookReception", reception());
        all.put("Delivery", delivery());
        all.put("DeliveryAttempt", attempt());
        all.put("DeliveryList", listOf("Delivery"));
        return all;
    }

    private static ApiObject listOf(String schema) {
        return shape("All of them.").member("items", list(ref(schema))).open();
    }

    private static ApiObject newWebhook() {
        return shape("A webhook that is to be.")
                .member("url", text(MAX_URL), "Where messages are posted to: https, or http to an allowed network.")
                .optional("events", nullable(events()))
                .optional("filter", nullable(filter()))
                .optional("description", nullable(text(WebhookEdit.MAX_DESCRIPTION_CHARS)))
                .optional("active", nullable(truth()))
                .optional(
                        "secret",
                        nullable(text()),
                        "One that the receiver has already: `whsec_` and 24 to 64 bytes in base 64. Otherwise one is made.")
                .closed();
    }

    private static ApiType.Shape settings(ApiType.Shape shape) {
        return shape.optional("url", text(MAX_URL))
                .optional("events", events())
                .optional("filter", filter())
                .optional("description", text(WebhookEdit.MAX_DESCRIPTION_CHARS))
                .optional("active", truth());
    }

    private static ApiObject events() {
        return list(oneOf(Webhook.EVENTS)).with("description", "The types of events that it is told; none for all.");
    }

    private static ApiObject filter() {
        return text(WebhookEdit.MAX_FILTER_CHARS)
                .with("description", "What a ticket must meet after a change, in the language of `q`; empty for all.");
    }

    private static ApiType.Shape shown(ApiType.Shape shape) {
        return shape.member("id", uuid())
                .member("url", text())
                .member("events", list(known(Webhook.EVENTS)), "The types of events that it is told; none for all.")
                .member("filter", text())
                .member("description", text())
                .member("active", truth())
                .member(
                        "stopped",
                        nullable(ref("WebhookStop")),
                        "Why it was switched off by itself; null when it was not.")
                .member("since", time(), "What happened before is not told.")
                .member("createdAt", time())
                .member("createdBy", text());
    }

    private static ApiObject stop() {
        return shape("That the receiver takes nothing any more.")
                .member("at", time())
                .member("reason", text())
                .open();
    }

    private static ApiObject status() {
        return nullable(whole(LOWEST_STATUS, HIGHEST_STATUS))
                .with("description", "The status of HTTP; null when there was no answer.");
    }

    private static ApiObject reception() {
        return shape("How a receiver took a message.")
                .member("accepted", truth(), "Whether the status was 2xx.")
                .member("status", status())
                .member("millis", count())
                .member("body", text(), "The beginning of what it said.")
                .member("error", nullable(text()), "Why there was no answer.")
                .open();
    }

    private static ApiObject delivery() {
        List<String> states =
                Arrays.stream(Delivery.State.values()).map(Delivery.State::text).toList();
        return shape("An event on its way to a receiver.")
                .member("id", text(), "The `webhook-id`, the same on every try.")
                .member("eventId", text())
                .member("type", known(Webhook.EVENTS))
                .member("ticketId", uuid())
                .member("key", text())
                .member("state", known(states), "`pending` will be tried again, `failed` is given up.")
                .member("tries", count(), "How often it was tried by the schedule; at most eight.")
                .member("nextAt", nullable(time()), "When it is tried again.")
                .member(
                        "attempts",
                        list(ref("DeliveryAttempt"), Delivery.MAX_ATTEMPTS),
                        "The last ones, the oldest first.")
                .open();
    }

    private static ApiObject attempt() {
        return shape("One try.")
                .member("at", time())
                .member("node", text(), "The id of the member that tried.")
                .member("status", status())
                .member("millis", count())
                .member("error", nullable(text()))
                .open();
    }
}
