package io.ticketmesh.webhook;

import io.ticketmesh.causality.HybridTimestamp;
import io.ticketmesh.json.JsonWriter;
import io.ticketmesh.json.ObjectForm;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Webhooks in JSON: for people, without secrets, and as they are kept in the mesh. */
public final class WebhookJson {
    private WebhookJson() {}

    /** Writes a webhook as people see it. */
    public static void write(JsonWriter json, Webhook webhook) {
        json.startObject();
        writeMembers(json, webhook);
        json.endObject();
    }

    /** Writes a webhook with its newest secret, which is shown only once. */
    public static void writeWithSecret(JsonWriter json, Webhook webhook) {
        json.startObject();
        writeMembers(json, webhook);
        json.member("secret", webhook.keys().get(0).secret().text()).endObject();
    }

    private static void writeMembers(JsonWriter json, Webhook webhook) {
        json.member("id", webhook.id())
                .member("url", webhook.url().toString())
                .member("events", new TreeSet<>(webhook.events()))
                .member("filter", webhook.filter())
                .member("description", webhook.description())
                .member("active", webhook.active());
        Webhook.Stop stop = webhook.stopped();
        if (stop == null) {
            json.member("stopped", null);
        } else {
            json.startObject("stopped")
                    .member("at", stop.at())
                    .member("reason", stop.reason())
                    .endObject();
        }
        json.member("since", Instant.ofEpochMilli(webhook.since().millis()))
                .member("createdAt", webhook.createdAt())
                .member("createdBy", webhook.createdBy());
    }

    /** As it is kept, with its secrets. */
    static String text(Webhook webhook) {
        return JsonWriter.text(json -> {
            json.startObject();
            writeMembers(json, webhook);
            json.member("sinceCounter", webhook.since().counter());
            json.startArray("keys");
            for (Webhook.Key key : webhook.keys()) {
                json.startObject()
                        .member("secret", key.secret().text())
                        .optional("until", key.until())
                        .endObject();
            }
            json.endArray().endObject();
        });
    }

    /** Reads what {@link #text} wrote; empty when a newer version wrote something that this one does not understand. */
    static Optional<Webhook> parse(String text) {
        return KeptJson.read(text, form -> {
            List<Webhook.Key> keys = new ArrayList<>();
            for (ObjectForm key : form.forms("keys").value()) {
                WebhookSecret secret = WebhookSecret.parse(key.string("secret").value());
                keys.add(new Webhook.Key(secret, key.instant("until").valueOrNull()));
            }
            Webhook.Stop stop = form.form("stopped")
                    .map(told -> new Webhook.Stop(
                            told.instant("at").value(), told.string("reason").value()))
                    .valueOrNull();
            return new Webhook(
                    form.string("id").value(),
                    URI.create(form.string("url").value()),
                    Set.copyOf(form.strings("events").value()),
                    form.string("filter").value(),
                    form.string("description").value(),
                    form.bool("active").value(),
                    stop,
                    HybridTimestamp.of(
                            form.instant("since").value().toEpochMilli(),
                            form.integer("sinceCounter").value().intValue()),
                    form.instant("createdAt").value(),
                    form.string("createdBy").value(),
                    keys);
        });
    }
}
