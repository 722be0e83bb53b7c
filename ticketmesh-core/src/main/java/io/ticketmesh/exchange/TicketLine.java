package io.ticketmesh.exchange;

import io.ticketmesh.json.Field;
import io.ticketmesh.json.JsonNull;
import io.ticketmesh.json.JsonObject;
import io.ticketmesh.json.JsonString;
import io.ticketmesh.json.JsonValue;
import io.ticketmesh.json.ObjectForm;
import io.ticketmesh.json.TicketJson;
import io.ticketmesh.json.Violations;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.StatusCategory;
import io.ticketmesh.ticket.StatusValue;
import io.ticketmesh.ticket.Texts;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.Workflow;
import io.ticketmesh.ticket.change.AddComment;
import io.ticketmesh.ticket.change.AddWatcher;
import io.ticketmesh.ticket.change.SetStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a line says of a ticket besides its plain fields: who and when, the way of its status, its comments.
 *
 * @param fields the plain fields, to be read as the body of a new ticket or as a patch of one that is there
 * @param mergedInto the reference to another ticket; null when none is named
 * @param mergeStated whether the line says into what the ticket was merged, if only that it was not
 * @param status the status with what belongs to it, if there is a trail; else it is one of the plain fields
 * @param trail null when the line has none
 * @param comments null when the line has none
 */
record TicketLine(
        JsonObject fields,
        @Nullable TicketId id,
        @Nullable String externalId,
        @Nullable String createdBy,
        @Nullable Long createdMillis,
        @Nullable Long updatedMillis,
        long occurrences,
        boolean mergeStated,
        @Nullable String mergedInto,
        @Nullable Moment deletion,
        @Nullable StatusValue status,
        @Nullable List<Step> trail,
        @Nullable List<Entry> comments) {
    /** The most occurrences that a line can state. */
    static final long MAX_OCCURRENCES = 1_000_000_000_000L;

    /** What stands beside the fields of a ticket; this class reads it itself. */
    private static final Set<String> BESIDE = Set.of("trail", "comments");

    private static final Moment NOBODY_EVER = new Moment(null, null);

    private static final Set<String> OF_STATUS = Set.of("status", "resolution", "pendingUntil");
    private static final Set<String> NEVER_NULL = Set.of("title", "status", "externalId");

    /** Who did something and when; null for what is not stated. */
    record Moment(@Nullable String actor, @Nullable Long atMillis) {}

    /** A status that the ticket was given. */
    record Step(StatusValue value, Moment moment) {}

    /** A comment; {@code edit} and {@code redaction} are null when there was none. */
    record Entry(
            @Nullable CommentId id,
            CommentKind kind,
            Moment moment,
            String body,
            @Nullable Moment edit,
            @Nullable Moment redaction) {}

    /**
     * Reads a line.
     *
     * @param violations where all that is wrong is noted; when it has any in the end the result must not be used
     */
    static TicketLine read(JsonValue line, Workflow workflow, Violations violations) {
        ObjectForm form = ObjectForm.of(line, violations);
        Map<String, JsonValue> members = line instanceof JsonObject whole ? whole.members() : Map.of();
        boolean hasTrail = members.get("trail") != null && !(members.get("trail") instanceof JsonNull);
        Map<String, JsonValue> fields = new LinkedHashMap<>();
        members.forEach((name, value) -> {
            boolean unsaid = value instanceof JsonNull && NEVER_NULL.contains(name);
            if (!TicketJson.READ_ONLY.contains(name)
                    && !BESIDE.contains(name)
                    && !unsaid
                    && !(hasTrail && OF_STATUS.contains(name))) {
                fields.put(name, value);
            }
        });
        Field<JsonValue> mergedInto = form.any("mergedInto");
        return new TicketLine(
                new JsonObject(fields, line.place()),
                form.uuid("id").map(TicketId::of).valueOrNull(),
                members.get("externalId") instanceof JsonString text
                        ? text.text().strip()
                        : null,
                principal(form, "createdBy"),
                millis(form, "createdAt"),
                millis(form, "updatedAt"),
                form.integer("occurrences", 0, MAX_OCCURRENCES).valueOr(0L),
                mergedInto.presence() != Field.Presence.ABSENT,
                reference(mergedInto, violations),
                form.form("deleted").map(deleted -> moment(deleted, "by", "at")).valueOrNull(),
                hasTrail ? statusValue(form, workflow, false) : null,
                form.forms("trail")
                        .atMost(SetStatus.MAX_STEPS)
                        .map(steps ->
                                steps.stream().map(step -> step(step, workflow)).toList())
                        .valueOrNull(),
                form.forms("comments")
                        .atMost(AddComment.MAX_COMMENTS)
                        .map(TicketLine::entries)
                        .valueOrNull());
    }

    private static Step step(ObjectForm form, Workflow workflow) {
        StatusValue value = statusValue(form, workflow, true);
        Moment moment = moment(form, "by", "at");
        form.rejectUnknown();
        return new Step(value == null ? StatusValue.INITIAL : value, moment);
    }

    /** With the resolution that a done status has by default, as it is stored. */
    private static @Nullable StatusValue statusValue(ObjectForm form, Workflow workflow, boolean required) {
        Field<Status> status = form.oneOf("status", workflow.states(), Status::name);
        Field<String> resolution = form.oneOf("resolution", workflow.resolutions());
        Instant pendingUntil = form.instant("pendingUntil").valueOrNull();
        if (required) {
            status = status.required();
        }
        if (!status.hasValue()) {
            return null;
        }
        boolean done = workflow.category(status.value()) == StatusCategory.DONE;
        String reason = done ? resolution.valueOr(workflow.resolutions().get(0)) : null;
        return new StatusValue(status.value(), reason, pendingUntil);
    }

    private static List<Entry> entries(List<ObjectForm> forms) {
        List<Entry> entries = new ArrayList<>();
        for (ObjectForm form : forms) {
            CommentId id = form.uuid("id").map(CommentId::of).valueOrNull();
            CommentKind kind = form.oneOf("kind", List.of(CommentKind.values()), CommentKind::label)
                    .valueOr(CommentKind.PUBLIC);
            Moment moment = moment(form, "author", "createdAt");
            Moment edit = moment(form, "editedBy", "editedAt");
            Moment redaction = moment(form, "redactedBy", "redactedAt");
            Field<String> body = form.string("body");
            form.rejectUnknown();
            boolean redacted = !redaction.equals(NOBODY_EVER);
            if (!redacted) {
                body = body.required();
                checked(body, text -> Texts.filledText("body", text, AddComment.MAX_CHARS), form.violations());
            }
            entries.add(new Entry(
                    id,
                    kind,
                    moment,
                    body.valueOr(""),
                    edit.equals(NOBODY_EVER) ? null : edit,
                    redacted ? redaction : null));
        }
        return entries;
    }

    /** What the rule makes of the field's value; null when there is none, or when it breaks the rule, which is noted. */
    private static @Nullable String checked(Field<String> field, UnaryOperator<String> rule, Violations violations) {
        try {
            return field.hasValue() ? rule.apply(field.value()) : null;
        } catch (InvalidChangeException refused) {
            violations.add(
                    field.pointer(),
                    refused.code(),
                    refused.problem(),
                    refused.limit().orElse(null));
            return null;
        }
    }

    private static Moment moment(ObjectForm form, String who, String when) {
        return new Moment(principal(form, who), millis(form, when));
    }

    private static @Nullable String principal(ObjectForm form, String name) {
        return checked(form.string(name), text -> Texts.line(name, text, AddWatcher.MAX_CHARS), form.violations());
    }

    private static @Nullable Long millis(ObjectForm form, String name) {
        return form.instant(name).map(Instant::toEpochMilli).valueOrNull();
    }

    /** A reference is a text, or an object with an id as it is exported. */
    private static @Nullable String reference(Field<JsonValue> field, Violations violations) {
        if (!field.hasValue()) {
            return null;
        }
        if (field.value() instanceof JsonString text) {
            return text.text();
        }
        ObjectForm form = ObjectForm.of(field.value(), violations);
        String id = form.string("id").required().valueOrNull();
        form.ignore("key").rejectUnknown();
        return id;
    }
}
