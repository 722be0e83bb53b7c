package io.ticketmesh.webhook;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.OperationId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.json.JsonWriter;
import io.ticketmesh.json.ObjectForm;
import io.ticketmesh.ticket.TicketId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Deliveries in JSON: for people, and as they are kept in the mesh. */
public final class DeliveryJson {
    private static final int MAX_ERROR_CHARS = 200;

    private DeliveryJson() {}

    /** Writes a delivery as people see it. */
    public static void write(JsonWriter json, Delivery delivery) {
        json.startObject()
                .member("id", delivery.id())
                .member("eventId", delivery.eventId())
                .member("type", delivery.type())
                .member("ticketId", delivery.ticket().toString())
                .member("key", delivery.ticket().key().toString())
                .member("state", delivery.state().text())
                .member("tries", delivery.tries())
                .member("nextAt", delivery.nextAt());
        writeAttempts(json, delivery.attempts());
        json.endObject();
    }

    private static void writeAttempts(JsonWriter json, List<Attempt> attempts) {
        json.startArray("attempts");
        for (Attempt attempt : attempts) {
            json.startObject()
                    .member("at", attempt.at())
                    .member("node", attempt.node().toString())
                    .member("status", attempt.status() == 0 ? null : attempt.status())
                    .member("millis", attempt.millis())
                    .member("error", attempt.error())
                    .endObject();
        }
        json.endArray();
    }

    /** As it is kept. */
    static String text(Delivery delivery) {
        Origin origin = delivery.operation().origin();
        return JsonWriter.text(json -> {
            json.startObject()
                    .member("node", origin.node().toString())
                    .member("incarnation", origin.incarnation())
                    .member("sequence", delivery.operation().sequence())
                    .member("eventId", delivery.eventId())
                    .member("ticket", delivery.ticket().toString())
                    .member("type", delivery.type())
                    .member("state", delivery.state().text())
                    .member("tries", delivery.tries())
                    .optional("nextAt", delivery.nextAt());
            writeAttempts(
                    json,
                    delivery.attempts().stream().map(DeliveryJson::shortened).toList());
            json.endObject();
        });
    }

    private static Attempt shortened(Attempt attempt) {
        String error = attempt.error();
        return error == null || error.length() <= MAX_ERROR_CHARS
                ? attempt
                : new Attempt(
                        attempt.at(),
                        attempt.node(),
                        attempt.status(),
                        attempt.millis(),
                        error.substring(0, MAX_ERROR_CHARS));
    }

    /** Reads what {@link #text} wrote; empty when a newer version wrote something that this one does not understand. */
    static Optional<Delivery> parse(String text) {
        return KeptJson.read(text, form -> {
            Origin origin = new Origin(
                    NodeId.parse(form.string("node").value()),
                    form.integer("incarnation").value());
            List<Attempt> attempts = new ArrayList<>();
            for (ObjectForm attempt : form.forms("attempts").value()) {
                attempts.add(new Attempt(
                        attempt.instant("at").value(),
                        NodeId.parse(attempt.string("node").value()),
                        attempt.integer("status").valueOr(0L).intValue(),
                        attempt.integer("millis").value(),
                        attempt.string("error").valueOrNull()));
            }
            OperationId operation =
                    new OperationId(origin, form.integer("sequence").value());
            return new Delivery(
                    operation,
                    form.string("eventId").valueOr(operation.toString()),
                    TicketId.parse(form.string("ticket").value()),
                    form.string("type").value(),
                    Delivery.State.valueOf(form.string("state").value().toUpperCase(Locale.ROOT)),
                    form.integer("tries").value().intValue(),
                    form.instant("nextAt").valueOrNull(),
                    attempts);
        });
    }
}
