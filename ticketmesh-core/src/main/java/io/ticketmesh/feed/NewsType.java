package io.ticketmesh.feed;

import io.ticketmesh.oplog.FieldChange;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.ticket.ServiceMetric;
import io.ticketmesh.ticket.TimerNames;
import io.ticketmesh.ticket.change.AddComment;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.CreateTicket;
import io.ticketmesh.ticket.change.DeleteTicket;
import io.ticketmesh.ticket.change.FireTimer;
import io.ticketmesh.ticket.change.MergeInto;
import io.ticketmesh.ticket.change.RestoreTicket;
import java.util.List;
import java.util.Locale;

/** What an operation did to its ticket, in one word: the first of these that is true of it. Names are for ever: readers compare them. */
public enum NewsType {
    /** It was removed for good. */
    PURGED,
    CREATED,
    DELETED,
    RESTORED,
    /** It was found to be the same matter as another one. */
    MERGED,
    COMMENTED,
    /** It was due, and is not done. */
    OVERDUE,
    /** What was promised about it did not come in time. */
    SLA_BREACHED,
    /** The time is over for which it waited. */
    SNOOZE_ENDED,
    /** It was closed because nobody had touched it since it was resolved. */
    AUTO_CLOSED,
    /** Anything else. */
    UPDATED;

    /** Like {@code ticket.created}. */
    public String label() {
        return "ticket." + name().toLowerCase(Locale.ROOT);
    }

    /**
     * @param visible what the reader may know of it
     */
    static NewsType of(Operation operation, List<FieldChange> visible) {
        NewsType type = UPDATED;
        for (Change change : operation.changes()) {
            NewsType said = operation.purges() ? PURGED : of(change, visible);
            type = said.compareTo(type) < 0 ? said : type;
        }
        FireTimer fired = operation.fired(visible);
        return type == UPDATED && fired != null ? of(fired.timer()) : type;
    }

    /** What a timer tells; one that only a newer version knows is an update. */
    private static NewsType of(String timer) {
        return switch (timer) {
            case TimerNames.DUE -> OVERDUE;
            case TimerNames.SNOOZE -> SNOOZE_ENDED;
            case TimerNames.AUTO_CLOSE -> AUTO_CLOSED;
            default -> ServiceMetric.isTimer(timer) ? SLA_BREACHED : UPDATED;
        };
    }

    private static NewsType of(Change change, List<FieldChange> visible) {
        if (change instanceof CreateTicket) {
            return CREATED;
        } else if (change instanceof DeleteTicket) {
            return DELETED;
        } else if (change instanceof RestoreTicket) {
            return RESTORED;
        } else if (change instanceof MergeInto merge && merge.target() != null) {
            return MERGED;
        } else if (change instanceof AddComment added
                && visible.stream().anyMatch(shown -> added.id().equals(shown.comment()))) {
            return COMMENTED;
        }
        return UPDATED;
    }
}
