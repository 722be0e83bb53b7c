package io.ticketmesh.client;

import io.ticketmesh.json.AnswerForm;
import io.ticketmesh.ticket.TicketId;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What became of an import.
 *
 * @param dryRun whether nothing was stored
 * @param totals how many {@code rows} there were, and how many of them were {@code created}, {@code updated}, {@code unchanged},
 *     {@code skipped} and {@code failed}; {@code passedOver} counts what is no ticket
 * @param fault why the source could not be read to its end; null when it was
 * @param rows what became of each row, as far as the server tells
 * @param rowsOmitted how many rows it does not tell of
 */
public record RemoteImport(
        boolean dryRun,
        SortedMap<String, Long> totals,
        @Nullable String fault,
        List<Row> rows,
        long rowsOmitted) {
    /**
     * What became of one row.
     *
     * @param row the line of the source, or the place in an archive, from 1
     * @param action the word of {@link RemoteImport#totals}
     * @param id null when the row names no ticket and none was made for it
     * @param externalId null when the row has none
     * @param problems why it failed or was skipped
     * @param notes what was done differently from what the row says
     */
    public record Row(
            long row,
            String action,
            @Nullable TicketId id,
            @Nullable String externalId,
            List<Problem.Fault> problems,
            List<String> notes) {
        static Row read(AnswerForm form) {
            return new Row(
                    form.number("row"),
                    form.text("action"),
                    form.convertedOrNull("id", TicketId::parse),
                    form.textOrNull("externalId"),
                    form.each("problems", Problem.Fault::read),
                    form.texts("notes"));
        }
    }

    public RemoteImport {
        rows = List.copyOf(rows);
    }

    /** How many rows had that outcome; 0 for a word that the server did not count. */
    public long total(String word) {
        return totals.getOrDefault(word, 0L);
    }

    static RemoteImport read(AnswerForm form) {
        return new RemoteImport(
                form.truth("dryRun"),
                form.numbers("totals"),
                form.textOrNull("fault"),
                form.each("rows", Row::read),
                form.number("rowsOmitted"));
    }
}
