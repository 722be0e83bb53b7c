package io.ticketmesh.spring.rest;

import io.ticketmesh.json.JsonValue;
import io.ticketmesh.spring.access.TicketAction;
import io.ticketmesh.webhook.Delivery;
import io.ticketmesh.webhook.DeliveryJson;
import io.ticketmesh.webhook.Reception;
import io.ticketmesh.webhook.Webhook;
import io.ticketmesh.webhook.WebhookForm;
import io.ticketmesh.webhook.WebhookJson;
import io.ticketmesh.webhook.Webhooks;
import java.util.List;
import java.util.UUID;

/** Other systems that are told what happens. Secrets are shown when they are made, and never again. */
final class WebhookResource {
    private static final String NAME = "webhook";

    private final Desk desk;

    WebhookResource(Desk desk) {
        this.desk = desk;
    }

    /** The webhooks, for those who may see and change them. */
    private Webhooks webhooks(Call call) {
        call.parameters().requireAllKnown();
        call.rights().require(TicketAction.MANAGE_WEBHOOKS);
        return desk.node().webhooks();
    }

    Reply all(Call call) {
        List<Webhook> all = webhooks(call).all();
        return Reply.json(200, json -> {
            json.startObject().startArray("items");
            all.forEach(webhook -> WebhookJson.write(json, webhook));
            json.endArray().endObject();
        });
    }

    Reply create(Call call) {
        Webhooks webhooks = webhooks(call);
        JsonValue body = call.json("application/json");
        IdempotencyKey key = IdempotencyKey.of(call, "POST " + desk.settings().systemPath() + "/webhooks");
        UUID id =
                key == null ? UUID.randomUUID() : UUID.fromString(key.ticketId().toString());
        boolean replayed = webhooks.all().stream().anyMatch(known -> known.id().equals(id.toString()));
        Webhook made = webhooks.create(call.actor(), id, edit -> WebhookForm.fill(edit, body, true));
        Reply reply = replayed ? shown(201, made) : withSecret(201, made);
        reply = reply.with("Location", call.ownPath() + "/" + made.id());
        return replayed ? reply.with("Idempotent-Replayed", "true") : reply;
    }

    private static Reply withSecret(int status, Webhook webhook) {
        return Reply.json(status, json -> WebhookJson.writeWithSecret(json, webhook))
                .with("Cache-Control", "no-store");
    }

    Reply read(Call call) {
        return shown(200, webhooks(call).get(call.variable(NAME)));
    }

    private static Reply shown(int status, Webhook webhook) {
        return Reply.json(status, json -> WebhookJson.write(json, webhook));
    }

    Reply change(Call call) {
        Webhooks webhooks = webhooks(call);
        JsonValue body = call.json("application/merge-patch+json", "application/json");
        return shown(
                200, webhooks.change(call.actor(), call.variable(NAME), edit -> WebhookForm.fill(edit, body, false)));
    }

    Reply delete(Call call) {
        webhooks(call).delete(call.actor(), call.variable(NAME));
        return Reply.empty(204);
    }

    Reply rotate(Call call) {
        Webhooks webhooks = webhooks(call);
        Bodies.requireEmptyObject(call.optionalJson());
        return withSecret(200, webhooks.rotate(call.actor(), call.variable(NAME)));
    }

    Reply ping(Call call) {
        Webhooks webhooks = webhooks(call);
        Bodies.requireEmptyObject(call.optionalJson());
        Reception reception = webhooks.ping(call.variable(NAME));
        return Reply.json(
                200,
                json -> json.startObject()
                        .member("accepted", reception.accepted())
                        .member("status", reception.status() == 0 ? null : reception.status())
                        .member("millis", reception.millis())
                        .member("body", reception.body())
                        .member("error", reception.error())
                        .endObject());
    }

    Reply deliveries(Call call) {
        List<Delivery> deliveries = webhooks(call).deliveries(call.variable(NAME));
        return Reply.json(200, json -> {
            json.startObject().startArray("items");
            deliveries.forEach(delivery -> DeliveryJson.write(json, delivery));
            json.endArray().endObject();
        });
    }

    Reply redeliver(Call call) {
        Webhooks webhooks = webhooks(call);
        Bodies.requireEmptyObject(call.optionalJson());
        Delivery delivery = webhooks.redeliver(call.variable(NAME), call.variable("delivery"));
        return Reply.json(200, json -> DeliveryJson.write(json, delivery));
    }
}
