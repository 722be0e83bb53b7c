package io.ticketmesh.oplog;

import io.ticketmesh.ticket.change.AddComment;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.EditComment;
import io.ticketmesh.ticket.change.SetDescription;
import io.ticketmesh.ticket.change.UnknownChange;
import io.ticketmesh.ticket.change.WriteEntry;

/** Rough sizes in characters: enough to stop an answer from growing without limit. */
public final class Sizes {
    private static final long CHANGE = 200;

    private Sizes() {}

    public static long of(Operation operation) {
        return operation.changes().stream().mapToLong(Sizes::of).sum() + CHANGE;
    }

    private static long of(Change change) {
        if (change instanceof AddComment comment) {
            return CHANGE + comment.body().length();
        } else if (change instanceof EditComment comment) {
            return CHANGE + comment.body().length();
        } else if (change instanceof SetDescription described) {
            return CHANGE + described.description().length();
        } else if (change instanceof WriteEntry entry) {
            String text = entry.text();
            return CHANGE + (text == null ? 0 : text.length());
        } else if (change instanceof UnknownChange unknown) {
            return CHANGE + unknown.body().length();
        }
        return CHANGE;
    }

    public static long of(TicketState state) {
        if (state instanceof TicketState.Living living) {
            long comments = living.comments().stream()
                    .mapToLong(comment -> CHANGE + comment.text().length())
                    .sum();
            long history = living.history().stream().mapToLong(Sizes::of).sum();
            long entries = living.ticket().entries().entries().values().stream()
                    .flatMap(entry -> entry.writes().stream())
                    .mapToLong(written -> CHANGE + written.value().length())
                    .sum();
            return comments
                    + history
                    + entries
                    + living.ticket().description().or("").length()
                    + CHANGE;
        }
        return CHANGE;
    }
}
