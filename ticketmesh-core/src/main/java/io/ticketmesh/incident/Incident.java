package io.ticketmesh.incident;

import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.FieldValue;
import io.ticketmesh.ticket.Workflow;
import io.ticketmesh.ticket.change.AddComment;
import io.ticketmesh.ticket.change.AddTag;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.CreateTicket;
import io.ticketmesh.ticket.change.RecordOccurrences;
import io.ticketmesh.ticket.change.SetCustomField;
import io.ticketmesh.ticket.change.SetDescription;
import io.ticketmesh.ticket.change.SetPriority;
import io.ticketmesh.ticket.change.SetQueue;
import io.ticketmesh.ticket.change.SetTitle;
import io.ticketmesh.ticket.change.SetType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Collects what is told of an incident. Texts that are too long are cut and characters that a ticket cannot hold become spaces, because
 * whoever reports is in trouble already. Everything but place and details is said once, when the ticket is created: let it follow from the
 * key, so that nodes which cannot see each other say the same. Not thread-safe.
 */
public final class Incident {
    static final String TYPE = "incident";

    private final String key;
    private final List<Change> further = new ArrayList<>();
    private String title;
    private String description = "";
    private String actor = "system";
    private String details = "";
    private Severity severity = Severity.ERROR;
    private @Nullable String place;

    Incident(String key) {
        this.key = key;
        this.title = line(key, SetTitle.MAX_CHARS);
    }

    /** One line; by default the key. At most 255 characters are kept. */
    public Incident title(String title) {
        String line = line(title, SetTitle.MAX_CHARS);
        this.title = line.isEmpty() ? this.title : line;
        return this;
    }

    /** Markdown; by default none. At most 65,536 characters are kept. */
    public Incident description(String description) {
        this.description = text(description, SetDescription.MAX_CHARS);
        return this;
    }

    /** By default {@link Severity#ERROR}. */
    public Incident severity(Severity severity) {
        this.severity = severity;
        return this;
    }

    /** Where it happened; by default the name of this node. At most 128 characters are kept. */
    public Incident place(String place) {
        String line = line(place, RecordOccurrences.MAX_PLACE_CHARS);
        this.place = line.isEmpty() ? this.place : line;
        return this;
    }

    /** Who reports; by default {@code system}. At most 128 characters are kept. */
    public Incident actor(String actor) {
        String line = line(actor, RecordOccurrences.MAX_PLACE_CHARS);
        this.actor = line.isEmpty() ? this.actor : line;
        return this;
    }

    /**
     * What this one looked like, such as a message with numbers and a stack trace. It becomes an internal comment when the ticket is
     * created or opened again; of those that are only counted it is not kept. At most 65,536 characters are kept.
     */
    public Incident details(String details) {
        this.details = text(details, AddComment.MAX_CHARS);
        return this;
    }

    /**
     * 1 to 64 characters; equal regardless of case.
     *
     * @throws io.ticketmesh.ticket.InvalidChangeException when it is none
     */
    public Incident tag(String tag) {
        further.add(new AddTag(tag));
        return this;
    }

    /**
     * A slug of at most 64 characters; by default {@code default}.
     *
     * @throws io.ticketmesh.ticket.InvalidChangeException when it is none
     */
    public Incident queue(String queue) {
        further.add(new SetQueue(queue));
        return this;
    }

    /**
     * Sets a field that the application defines.
     *
     * @throws io.ticketmesh.ticket.InvalidChangeException when key or value break a rule
     */
    public Incident customField(String key, FieldValue value) {
        further.add(new SetCustomField(key, value));
        return this;
    }

    /** What makes its ticket. */
    List<Change> creation(long count, String here, Workflow workflow, Supplier<CommentId> ids) {
        List<Change> changes = new ArrayList<>();
        changes.add(new CreateTicket(title));
        if (workflow.types().contains(TYPE)) {
            changes.add(new SetType(TYPE));
        }
        if (!description.isEmpty()) {
            changes.add(new SetDescription(description));
        }
        changes.add(new SetPriority(severity.priority()));
        changes.addAll(further);
        changes.add(occurrences(count, here));
        addDetails(changes, ids);
        return changes;
    }

    /** What counts it in a ticket that is there. */
    List<Change> recurrence(long count, String here, boolean over, Supplier<CommentId> ids) {
        List<Change> changes = new ArrayList<>();
        changes.add(occurrences(count, here));
        if (over) {
            addDetails(changes, ids);
        }
        return changes;
    }

    private RecordOccurrences occurrences(long count, String here) {
        return new RecordOccurrences(count, place == null ? here : place);
    }

    private void addDetails(List<Change> changes, Supplier<CommentId> ids) {
        if (!details.isBlank()) {
            changes.add(new AddComment(ids.get(), CommentKind.INTERNAL, details));
        }
    }

    String key() {
        return key;
    }

    String actor() {
        return actor;
    }

    /** The text on one line, without what a line cannot hold. */
    static String line(String text, int max) {
        return cut(
                        text.codePoints()
                                .map(c ->
                                        isHeld(c) && !Character.isISOControl(c) && c != 0x2028 && c != 0x2029 ? c : ' ')
                                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                                .toString()
                                .strip(),
                        max)
                .strip();
    }

    private static String text(String text, int max) {
        return cut(
                text.codePoints()
                        .map(c -> isHeld(c) && (!Character.isISOControl(c) || c == '\n' || c == '\r' || c == '\t')
                                ? c
                                : ' ')
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString(),
                max);
    }

    private static boolean isHeld(int codePoint) {
        return codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE;
    }

    private static String cut(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max);
    }
}
