package io.ticketmesh.webhook;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.OperationId;
import io.ticketmesh.json.NewsJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;

/**
 * The receiver of one webhook in virtual time. It notes who told it what, and insists that each event has one id and no two share one, and
 * that an operation is told in the same words whoever tells it.
 */
final class Addressee {
    private final List<Told> told = new ArrayList<>();
    private final Map<String, String> ids = new HashMap<>();
    private final Map<String, String> events = new HashMap<>();
    private final Map<OperationId, String> bodies = new HashMap<>();
    private ToIntFunction<String> answers = id -> 204;
    private LongSupplier tookMillis;

    /** What the receiver took or refused. */
    record Told(String id, Delivery delivery, NodeId by, int status, long atMillis) {
        OperationId operation() {
            return delivery.operation();
        }
    }

    Addressee(long tookMillis) {
        this.tookMillis = () -> tookMillis;
    }

    /** What it answers to the message of an id, from now on. */
    void answer(ToIntFunction<String> answers) {
        this.answers = answers;
    }

    /** How long it takes for each message. */
    void take(LongSupplier millis) {
        tookMillis = millis;
    }

    /** A message sets out; says how long it is on its way. */
    long expect(String id, Errand errand) {
        requireSame(ids, errand.news().eventId(), id, "One event, two ids");
        requireSame(events, id, errand.news().eventId(), "One id, two events");
        byte[] body = Message.of(id, errand.news(), NewsJson::write).body();
        requireSame(bodies, errand.delivery().operation(), new String(body, StandardCharsets.UTF_8), "Two texts");
        return tookMillis.getAsLong();
    }

    private static <K> void requireSame(Map<K, String> known, K key, String value, String otherwise) {
        String before = known.putIfAbsent(key, value);
        if (before != null && !before.equals(value)) {
            throw new AssertionError(otherwise + " of " + key + ": " + before + " and " + value);
        }
    }

    /** A message arrives; gives the status of the answer. */
    int hear(String id, Delivery delivery, NodeId by, long atMillis) {
        int status = answers.applyAsInt(id);
        told.add(new Told(id, delivery, by, status, atMillis));
        return status;
    }

    List<Told> told() {
        return told;
    }
}
