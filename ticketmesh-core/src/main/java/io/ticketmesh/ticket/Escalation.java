package io.ticketmesh.ticket;

import org.jspecify.annotations.Nullable;

/**
 * What is done to a ticket when a promise about it is broken. Each may be null: then that stays as it is.
 *
 * @param priority what it is raised to; never lowered
 * @param tag is added
 * @param assignee gets it
 * @param queue where it is moved
 */
public record Escalation(
        @Nullable Priority priority,
        @Nullable String tag,
        @Nullable String assignee,
        @Nullable String queue) {
    private static final int MAX_TAG_CHARS = 64;
    private static final int MAX_ASSIGNEE_CHARS = 128;
    private static final int MAX_QUEUE_CHARS = 64;

    /**
     * @throws InvalidChangeException when it could not be done to any ticket
     */
    public Escalation {
        tag = tag == null ? null : Texts.line("tag", tag, MAX_TAG_CHARS);
        assignee = assignee == null ? null : Texts.line("assignee", assignee, MAX_ASSIGNEE_CHARS);
        queue = queue == null ? null : Texts.slug("queue", queue, MAX_QUEUE_CHARS);
    }

    /** Nothing is done, people are told only. */
    public static final Escalation NONE = new Escalation(null, null, null, null);

    public Escalation withPriority(Priority priority) {
        return new Escalation(priority, tag, assignee, queue);
    }

    public Escalation withTag(String tag) {
        return new Escalation(priority, tag, assignee, queue);
    }

    public Escalation withAssignee(String assignee) {
        return new Escalation(priority, tag, assignee, queue);
    }

    public Escalation withQueue(String queue) {
        return new Escalation(priority, tag, assignee, queue);
    }
}
