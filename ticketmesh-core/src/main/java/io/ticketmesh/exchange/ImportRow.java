package io.ticketmesh.exchange;

import io.ticketmesh.ticket.TicketId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What became of one row of an import. Immutable.
 *
 * @param row the line of a text file, or the place in an archive, from 1
 * @param ticket null when the row names none and none was made for it
 * @param externalId null when the row has none, or could not be read so far
 * @param problems why it failed or was skipped; at most 100
 * @param notes what was done differently from what the row says
 */
public record ImportRow(
        long row,
        Action action,
        @Nullable TicketId ticket,
        @Nullable String externalId,
        List<ImportProblem> problems,
        List<String> notes) {
    /** What was done with a row; in a dry run, what would have been done. */
    public enum Action {
        /** A ticket was made. */
        CREATED,
        /** A ticket that was there was changed. */
        UPDATED,
        /** The ticket is what the row says; nothing was stored. */
        UNCHANGED,
        /** The ticket is there and the import was told, or has reason, to leave it alone. */
        SKIPPED,
        /** The row is wrong; nothing of it was stored, unless a note says so. */
        FAILED;

        /** The name in JSON. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public ImportRow {
        problems = List.copyOf(problems);
        notes = List.copyOf(notes);
    }
}
