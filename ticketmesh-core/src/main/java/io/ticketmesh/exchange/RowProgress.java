package io.ticketmesh.exchange;

import io.ticketmesh.exchange.ImportRow.Action;
import io.ticketmesh.json.Violation;
import io.ticketmesh.json.Violations;
import io.ticketmesh.replica.Outcome;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.TransitionRefusedException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row on its way: what is planned for it, how many of its proposals are not answered yet, and what went wrong. For one thread. */
final class RowProgress {
    private static final String EXISTS = "exists";

    private final long row;
    private final Lines lines;
    private @Nullable TicketId ticket;
    private @Nullable String externalId;
    private Action action = Action.FAILED;
    private int waiting;
    private boolean stored;
    private boolean closed;
    private final List<ImportProblem> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** @param lines where it was read */
    RowProgress(long row, Lines lines) {
        this.row = row;
        this.lines = lines;
    }

    @Nullable
    TicketId ticket() {
        return ticket;
    }

    void name(@Nullable TicketId ticket, @Nullable String externalId) {
        this.ticket = ticket;
        this.externalId = externalId;
    }

    void plan(Action action) {
        this.action = action;
    }

    void fail(List<Violation> found) {
        action = Action.FAILED;
        found.forEach(this::add);
    }

    void skip(Violation reason) {
        action = Action.SKIPPED;
        add(reason);
    }

    private void add(Violation problem) {
        if (problems.size() < Violations.MAX_KEPT) {
            problems.add(ImportProblem.of(problem, lines.columnOf(problem.pointer())));
        }
    }

    void note(String text) {
        notes.add(text);
    }

    /** So many of its proposals are about to be answered. */
    void expect(int answers) {
        waiting += answers;
    }

    /** Ends it; false when it was ended before. */
    boolean close() {
        boolean first = !closed;
        closed = true;
        return first;
    }

    boolean isDone() {
        return waiting == 0;
    }

    /** Another proposal was answered. */
    void answer(Outcome outcome) {
        waiting--;
        if (outcome instanceof Outcome.Accepted) {
            stored = true;
        } else if (outcome instanceof Outcome.Refused refused) {
            add(problemOf(refused.reason()));
        }
    }

    private static Violation problemOf(RuntimeException reason) {
        String detail = String.valueOf(reason.getMessage());
        if (reason instanceof TransitionRefusedException) {
            return new Violation("/status", "transition-refused", detail, null);
        }
        return reason instanceof InvalidChangeException invalid
                ? Violation.of(invalid)
                : new Violation("", "refused", detail, null);
    }

    ImportRow finished() {
        boolean raced = !problems.isEmpty()
                && problems.stream().allMatch(problem -> problem.code().equals(EXISTS));
        if (!problems.isEmpty() && action != Action.SKIPPED) {
            action = raced ? Action.SKIPPED : Action.FAILED;
            if (raced) {
                notes.add("somebody else made the ticket at the same time; importing again compares with it");
            } else if (stored) {
                notes.add("a part of the row was stored");
            }
        }
        return new ImportRow(row, action, ticket, externalId, problems, notes);
    }
}
