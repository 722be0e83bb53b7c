package io.ticketmesh.webhook;

import io.ticketmesh.feed.TicketNews;
import io.ticketmesh.json.JsonWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * What is posted to a receiver, as Standard Webhooks has it: {@code {type, timestamp, data}}.
 *
 * @param id the same on every try
 */
record Message(String id, byte[] body) {
    static final String PING = "ping";
    private static final long MILLIS = 1_000;

    /**
     * @param form how news is written as JSON
     */
    static Message of(String id, TicketNews news, BiConsumer<JsonWriter, TicketNews> form) {
        Instant at = Instant.ofEpochMilli(news.trace().atMillis());
        return new Message(id, JsonWriter.bytes(json -> {
            json.startObject()
                    .member("type", news.type().label())
                    .member("timestamp", at)
                    .name("data");
            form.accept(json, news);
            json.endObject();
        }));
    }

    /** One that tells nothing but that the webhook works. */
    static Message ping(String id, String webhook, Instant now) {
        return new Message(
                id,
                JsonWriter.bytes(json -> json.startObject()
                        .member("type", PING)
                        .member("timestamp", now)
                        .startObject("data")
                        .member("webhookId", webhook)
                        .endObject()
                        .endObject()));
    }

    /** The headers of a try at that time, signed with all secrets that count then. */
    Map<String, String> headers(List<Webhook.Key> keys, Instant now) {
        long seconds = Math.floorDiv(now.toEpochMilli(), MILLIS);
        List<String> signatures = keys.stream()
                .filter(key -> key.isValid(now))
                .map(key -> key.secret().sign(id, seconds, body))
                .toList();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("User-Agent", "TicketMesh");
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", String.valueOf(seconds));
        headers.put("webhook-signature", String.join(" ", signatures));
        return headers;
    }
}
