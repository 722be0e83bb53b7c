package io.ticketmesh.oplog;

import io.ticketmesh.ticket.CommentHead;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.Criterion;
import io.ticketmesh.ticket.Due;
import io.ticketmesh.ticket.FieldValue;
import io.ticketmesh.ticket.Redactions;
import io.ticketmesh.ticket.StatusValue;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.change.AddComment;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.CommentChange;
import io.ticketmesh.ticket.change.EditComment;
import io.ticketmesh.ticket.change.FireTimer;
import io.ticketmesh.ticket.change.RedactTicket;
import io.ticketmesh.ticket.change.SetCustomField;
import io.ticketmesh.ticket.change.SetDescription;
import io.ticketmesh.ticket.change.SetTitle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tells the life of one ticket operation by operation, in any order that never shows an effect before its cause: what each one changed in
 * what those before it had left. For one thread.
 */
public final class Narration {
    private final Predicate<CommentId> redacted;
    private final Map<CommentId, String> texts = new HashMap<>();
    private Ticket ticket;
    private long size;

    /**
     * Begins before the ticket was born.
     *
     * @param redacted whether the text of a comment was taken away by now, told or not
     */
    public Narration(TicketId id, Predicate<CommentId> redacted) {
        this.ticket = Ticket.unborn(id);
        this.redacted = redacted;
    }

    /** Learns what was redacted by now, told or not: nothing of that is told from here on. */
    public void learn(Redactions redactions) {
        ticket = ticket.knowing(redactions);
    }

    /** What the operation changes, internal comments too. */
    public List<FieldChange> tell(Operation operation) {
        Ticket before = ticket;
        ticket = operation.applyTo(before);
        size += Sizes.of(operation);
        return changes(before, operation, ticket, redacted, texts);
    }

    /**
     * What an operation changed, for somebody who knows the ticket before and after it. What a comment said before is not known then.
     *
     * @param redacted whether the text of a comment was taken away by now
     */
    public static List<FieldChange> changes(
            Ticket before, Operation operation, Ticket after, Predicate<CommentId> redacted) {
        return changes(before, operation, after, redacted, new HashMap<>());
    }

    private static List<FieldChange> changes(
            Ticket before,
            Operation operation,
            Ticket after,
            Predicate<CommentId> takenAway,
            Map<CommentId, String> texts) {
        Ticket known = before.knowing(after.redactions());
        List<FieldChange> changes = difference(facts(known), facts(after));
        boolean redacted = after.redactions().voids(operation.stamp());
        for (Change change : operation.changes()) {
            if (change instanceof RedactTicket) {
                changes.add(new FieldChange("redacted", null, true, null));
            } else if (redacted && known.isBorn()) {
                changes.addAll(withoutText(change));
            }
            if (change instanceof CommentChange commentChange) {
                changes.add(changeOf(commentChange, takenAway, texts));
            }
        }
        return changes;
    }

    /** That a text was written which is not told. */
    private static List<FieldChange> withoutText(Change change) {
        String field = null;
        if (change instanceof SetTitle) {
            field = "title";
        } else if (change instanceof SetDescription) {
            field = "description";
        } else if (change instanceof SetCustomField custom) {
            field = "customFields." + custom.key();
        }
        return field == null ? List.of() : List.of(new FieldChange(field, Ticket.REDACTED, Ticket.REDACTED, null));
    }

    /** The ticket after what was told so far. */
    public Ticket ticket() {
        return ticket;
    }

    /** About how many characters it holds; never less. */
    public long size() {
        return size;
    }

    /** Whether a change, as far as was told, is one of an internal comment. */
    public boolean isInternal(FieldChange change) {
        return isInternal(change, ticket);
    }

    /** Whether a change, as far as {@code ticket} says, is one of an internal comment. */
    public static boolean isInternal(FieldChange change, Ticket ticket) {
        CommentId comment = change.comment();
        return comment != null
                && ticket.comments().get(comment).map(CommentHead::kind).orElse(CommentKind.INTERNAL)
                        == CommentKind.INTERNAL;
    }

    private static FieldChange changeOf(
            CommentChange change, Predicate<CommentId> redacted, Map<CommentId, String> texts) {
        String after = null;
        if (change instanceof AddComment added) {
            after = added.body();
        } else if (change instanceof EditComment edited) {
            after = edited.body();
        }
        String before = texts.put(change.id(), after == null ? "" : after);
        boolean hidden = redacted.test(change.id());
        return new FieldChange("comments", hidden ? null : before, hidden ? null : after, change.id());
    }

    private static List<FieldChange> difference(Map<String, Object> before, Map<String, Object> after) {
        List<FieldChange> changes = new ArrayList<>();
        Set<String> fields = new LinkedHashSet<>(after.keySet());
        fields.addAll(before.keySet());
        for (String field : fields) {
            Object old = before.get(field);
            Object now = after.get(field);
            if (!Objects.equals(old, now)) {
                changes.add(new FieldChange(field, old, now, null));
            }
        }
        return changes;
    }

    /** What is known of a ticket, by the names of JSON. Defaults of a born ticket are facts, so they show at its creation. */
    private static Map<String, Object> facts(Ticket ticket) {
        Map<String, Object> facts = new LinkedHashMap<>();
        if (!ticket.isBorn()) {
            return facts;
        }
        put(facts, "title", ticket.title().or(""));
        put(facts, "description", ticket.description().or(""));
        put(facts, "type", valueOf(Criterion.Field.TYPE, ticket));
        StatusValue status = ticket.status().or(StatusValue.INITIAL);
        put(facts, "status", status.status().name());
        put(facts, "resolution", status.resolution());
        put(facts, "pendingUntil", status.pendingUntil());
        put(facts, "priority", valueOf(Criterion.Field.PRIORITY, ticket));
        put(facts, "queue", valueOf(Criterion.Field.QUEUE, ticket));
        put(facts, "reporter", valueOf(Criterion.Field.REPORTER, ticket));
        put(facts, "assignee", ticket.assignee().or(Optional.empty()).orElse(null));
        put(
                facts,
                "tags",
                texts(ticket.tags().entries().keySet().stream()
                        .flatMap(tag -> ticket.tags().get(tag).stream())
                        .toList()));
        put(facts, "watchers", texts(List.copyOf(ticket.watchers().entries().keySet())));
        ticket.customFields().registers().forEach((key, register) -> {
            FieldValue value = register.or(FieldValue.ABSENT);
            put(facts, "customFields." + key, value.equals(FieldValue.ABSENT) ? null : value);
        });
        put(
                facts,
                "links",
                texts(ticket.links().entries().keySet().stream()
                        .map(link -> link.type().name() + " " + link.target())
                        .toList()));
        put(
                facts,
                "attachments",
                texts(ticket.attachments().entries().values().stream()
                        .flatMap(register -> register.winner().stream())
                        .map(written -> written.value().name())
                        .toList()));
        put(
                facts,
                "mergedInto",
                ticket.mergedInto().or(Optional.empty()).map(TicketId::toString).orElse(null));
        Due due = ticket.due().or(Due.NEVER);
        put(facts, "dueAt", due instanceof Due.At at ? at.instant() : null);
        put(facts, "dueDate", due instanceof Due.On on ? on.date() : null);
        put(
                facts,
                "occurrences",
                ticket.occurrences().value() == 0 ? null : ticket.occurrences().value());
        put(facts, "lastPlace", ticket.lastPlace().value().orElse(null));
        put(facts, "deleted", ticket.isDeleted() ? true : null);
        put(facts, "externalId", ticket.externalId().value().orElse(null));
        ticket.timers().entries().forEach((timer, fired) -> put(facts, FireTimer.FIELDS + timer, fired.value()));
        return facts;
    }

    private static String valueOf(Criterion.Field field, Ticket ticket) {
        return field.valuesOf(ticket).iterator().next();
    }

    private static @Nullable List<String> texts(List<String> texts) {
        return texts.isEmpty() ? null : texts;
    }

    private static void put(Map<String, Object> facts, String field, @Nullable Object value) {
        if (value != null && !value.equals("")) {
            facts.put(field, value);
        }
    }
}
