package io.ticketmesh.spring.rest;

import io.ticketmesh.cluster.Acknowledgement;
import io.ticketmesh.cluster.Copies;
import io.ticketmesh.json.CommentForm;
import io.ticketmesh.json.Field;
import io.ticketmesh.json.JsonObject;
import io.ticketmesh.json.JsonPlace;
import io.ticketmesh.json.JsonPointer;
import io.ticketmesh.json.JsonValue;
import io.ticketmesh.json.JsonWriter;
import io.ticketmesh.json.MergeForm;
import io.ticketmesh.json.ObjectForm;
import io.ticketmesh.json.Violation;
import io.ticketmesh.json.Violations;
import io.ticketmesh.node.TicketService;
import io.ticketmesh.oplog.Receipt;
import io.ticketmesh.oplog.RequestKey;
import io.ticketmesh.oplog.RequestReusedException;
import io.ticketmesh.replica.Outcome;
import io.ticketmesh.replica.Proposal;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.CreateTicket;
import io.ticketmesh.ticket.change.RestoreTicket;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Several operations in one request: {@code {"operations": [{"op", "ref", "ifMatch", "body"}]}}. Each succeeds or fails for itself; those
 * that are fine are carried out in their order.
 */
final class BulkResource {
    /** The most operations of one request. */
    static final int MAX_OPERATIONS = 100;

    static final List<String> VERBS =
            List.of("create", "update", "transition", "comment", "merge", "delete", "purge", "restore");
    private static final Set<String> BODILESS = Set.of("delete", "purge", "restore");

    private final Desk desk;
    private final TicketResource tickets;

    BulkResource(Desk desk, TicketResource tickets) {
        this.desk = desk;
        this.tickets = tickets;
    }

    /** One operation on its way: what was posted, or why it was not. */
    private record Posted(
            String verb,
            @Nullable TicketId id,
            @Nullable CompletableFuture<Outcome> outcome,
            @Nullable Problem problem) {
        static Posted refused(RuntimeException fault) {
            return new Posted("", null, null, Faults.problem(fault));
        }
    }

    /** One operation that was carried out here, or refused; others may still have to get it. */
    private record Carried(
            Posted posted,
            @Nullable Outcome outcome,
            @Nullable CompletableFuture<Copies> copies,
            @Nullable Problem problem) {}

    /** What one operation came to. */
    private record Item(
            int status,
            @Nullable TicketId id,
            @Nullable String etag,
            boolean replayed,
            @Nullable Copies copies,
            @Nullable Problem problem) {
        static Item refused(Problem problem) {
            return new Item(problem.status(), null, null, false, null, problem);
        }
    }

    Reply perform(Call call) {
        call.parameters().requireAllKnown();
        Acknowledgement wanted = call.acknowledgement();
        List<JsonValue> operations = operations(call.json("application/json"));
        IdempotencyKey key = IdempotencyKey.of(call, "POST /tickets/bulk");
        try (InFlight.Stay stay = desk.writes().enter(key)) {
            requireSameBody(key);
            List<Posted> posted = new ArrayList<>();
            for (int i = 0; i < operations.size(); i++) {
                posted.add(post(call, operations.get(i), TicketResource.part(key, i), wanted));
            }
            List<Carried> carried = new ArrayList<>();
            for (int i = 0; i < posted.size(); i++) {
                carried.add(carry(posted.get(i), "/operations/" + i + "/body", wanted));
            }
            List<Item> items = carried.stream().map(this::item).toList();
            Reply reply = acknowledged(Reply.json(207, json -> write(json, call, items)), items);
            boolean replayed = items.stream().anyMatch(Item::replayed)
                    && items.stream().allMatch(item -> item.replayed() || item.problem() != null);
            return replayed ? reply.with("Idempotent-Replayed", "true") : reply;
        }
    }

    /** The reply with the copies of the operation that has the fewest. */
    private static Reply acknowledged(Reply reply, List<Item> items) {
        return items.stream()
                .flatMap(item -> Optional.ofNullable(item.copies()).stream())
                .min(Comparator.comparingInt(copies -> copies.holders().size()))
                .map(fewest -> reply.with(Acks.HEADER, Acks.text(fewest)))
                .orElse(reply);
    }

    /** Looks for all parts first: none may be carried out when the key was used with another body. */
    private void requireSameBody(@Nullable IdempotencyKey key) {
        for (int i = 0; key != null && i < MAX_OPERATIONS; i++) {
            RequestKey part = key.part(i).request();
            Optional<Receipt> receipt = desk.service().receipt(part);
            if (receipt.isPresent() && receipt.get().key().body() != part.body()) {
                throw new RequestReusedException();
            }
        }
    }

    private static List<JsonValue> operations(JsonValue body) {
        Violations violations = new Violations();
        ObjectForm form = ObjectForm.of(body, violations);
        Field<List<ObjectForm>> operations = form.forms("operations").required().atMost(MAX_OPERATIONS);
        form.rejectUnknown();
        violations.throwIfAny();
        return operations.value().stream()
                .map(operation -> body.at(operation.pointer()).orElseThrow())
                .toList();
    }

    private Posted post(Call call, JsonValue operation, @Nullable IdempotencyKey key, Acknowledgement wanted) {
        Violations violations = new Violations();
        ObjectForm form = ObjectForm.of(operation, violations);
        Field<String> verb = form.oneOf("op", VERBS).required();
        try {
            Field<String> ref = form.string("ref");
            Field<String> ifMatch = form.string("ifMatch");
            Field<JsonValue> body = form.any("body");
            form.rejectUnknown();
            if (verb.hasValue()) {
                requireParts(verb.value(), ref, ifMatch, body);
            }
            violations.throwIfAny();
            Set<String> expected = ifMatch.hasValue()
                    ? EntityTags.parse("ifMatch", ifMatch.value()).expected()
                    : Set.of();
            Proposal proposal = proposal(call, verb.value(), ref.valueOr(""), body.valueOr(empty()), key)
                    .expecting(expected);
            return new Posted(
                    verb.value(), proposal.ticket(), desk.writes().post(call.permitted(proposal), key, wanted), null);
        } catch (RuntimeException fault) {
            return Posted.refused(fault);
        }
    }

    private static JsonValue empty() {
        return new JsonObject(Map.of(), new JsonPlace(JsonPointer.ROOT, 0, 0, 0));
    }

    private static void requireParts(String verb, Field<String> ref, Field<String> ifMatch, Field<JsonValue> body) {
        if (verb.equals("create")) {
            refuse(ref, "create makes a new ticket and takes no ref");
            refuse(ifMatch, "create makes a new ticket and takes no ifMatch");
        } else {
            ref.required();
        }
        if (BODILESS.contains(verb)) {
            refuse(body, verb + " takes no body");
        } else {
            body.required();
        }
    }

    private static void refuse(Field<?> field, String detail) {
        if (field.presence() != Field.Presence.ABSENT) {
            field.reject(Violation.UNKNOWN_FIELD, "must be absent: " + detail, null);
        }
    }

    private Proposal proposal(Call call, String verb, String ref, JsonValue body, @Nullable IdempotencyKey key) {
        TicketService service = desk.service();
        if (verb.equals("create")) {
            TicketId id = key == null ? service.newTicketId() : key.ticketId();
            List<Change> changes =
                    CreateTicket.withDefaults(tickets.newTicket(call).changes(body), call.actor());
            return Proposal.of(id, call.actor(), changes);
        }
        TicketId id = call.rights().resolve(ref);
        CommentId comment = key == null ? service.newCommentId() : key.commentId();
        List<Change> changes = switch (verb) {
            case "update" -> tickets.patchForm(call).changes(body, tickets.living(id));
            case "transition" -> WorkflowResource.changes(body, service.workflow(), comment);
            case "comment" -> CommentForm.addition(body, comment);
            case "merge" -> MergeForm.changes(body, call.rights()::resolve);
            case "delete" -> TicketResource.deletion(false);
            case "purge" -> TicketResource.deletion(true);
            default -> List.of(new RestoreTicket());
        };
        return Proposal.of(id, call.actor(), changes);
    }

    /**
     * Waits until an operation is carried out here, and begins to wait for the others.
     *
     * @param place of the body that was posted: what is refused later knows only its place in there
     */
    private Carried carry(Posted posted, String place, Acknowledgement wanted) {
        CompletableFuture<Outcome> waiting = posted.outcome();
        if (waiting == null) {
            return new Carried(posted, null, null, posted.problem());
        }
        try {
            Outcome outcome = desk.writes().outcome(waiting);
            return new Carried(posted, outcome, desk.writes().copiesOf(outcome, wanted), null);
        } catch (RuntimeException fault) {
            return new Carried(posted, null, null, Faults.problem(fault).below(place));
        }
    }

    private Item item(Carried carried) {
        Outcome outcome = carried.outcome();
        TicketId id = carried.posted().id();
        CompletableFuture<Copies> waiting = carried.copies();
        Problem refused = carried.problem();
        if (outcome == null || id == null || waiting == null) {
            return Item.refused(refused == null ? Faults.problem(new IllegalStateException("lost")) : refused);
        }
        try {
            Copies copies = desk.writes().copies(waiting);
            String verb = carried.posted().verb();
            String etag = verb.equals("purge")
                    ? null
                    : desk.writes().ticketOf(outcome).etag();
            boolean replayed = outcome instanceof Outcome.Repeated;
            if (!copies.reached()) {
                Problem problem = Acks.missing(copies, id, etag);
                return new Item(problem.status(), id, etag, replayed, copies, problem);
            }
            return new Item(status(verb), verb.equals("purge") ? null : id, etag, replayed, copies, null);
        } catch (RuntimeException fault) {
            return Item.refused(Faults.problem(fault));
        }
    }

    private static int status(String verb) {
        return switch (verb) {
            case "create" -> 201;
            case "delete", "purge" -> 204;
            default -> 200;
        };
    }

    private static void write(JsonWriter json, Call call, List<Item> items) {
        json.startObject()
                .member(
                        "failed",
                        items.stream().filter(item -> item.problem() != null).count())
                .startArray("items");
        for (Item item : items) {
            json.startObject().member("status", item.status());
            TicketId id = item.id();
            if (id != null) {
                json.member("id", id.toString())
                        .member("key", id.key().toString())
                        .optional("etag", item.etag())
                        .member("location", call.address(id));
            }
            Problem problem = item.problem();
            if (problem != null) {
                json.name("problem");
                problem.writeTo(json);
            }
            json.endObject();
        }
        json.endArray().endObject();
    }
}
