package io.ticketmesh.exchange;

import io.ticketmesh.json.JsonWriter;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of an import. Immutable.
 *
 * @param dryRun whether nothing was stored
 * @param totals how many rows each action was taken on, all rows counted
 * @param passedOver how many things were left out because they are no tickets, such as pull requests
 * @param rows what became of each row, by rising row: the first {@link #MAX_ROWS}, and of those behind them the first
 *     {@link #MAX_LATE_FAILURES} that failed
 * @param fault why the file could not be read to its end; null when it was. Rows before the fault were imported
 */
public record ImportReport(
        boolean dryRun,
        Map<ImportRow.Action, Long> totals,
        long passedOver,
        List<ImportRow> rows,
        @Nullable String fault) {
    /** The most rows that are told in any case. */
    public static final int MAX_ROWS = 10_000;

    /** The most failed rows that are told beyond those. */
    public static final int MAX_LATE_FAILURES = 1_000;

    public ImportReport {
        Map<ImportRow.Action, Long> complete = new EnumMap<>(ImportRow.Action.class);
        for (ImportRow.Action action : ImportRow.Action.values()) {
            complete.put(action, totals.getOrDefault(action, 0L));
        }
        totals = Collections.unmodifiableMap(complete);
        rows = List.copyOf(rows);
    }

    /** How many rows an action was taken on. */
    public long total(ImportRow.Action action) {
        return totals.getOrDefault(action, 0L);
    }

    /** How many rows were read. */
    public long total() {
        return totals.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Writes the report as an object of {@code dryRun}, {@code totals}, {@code fault}, {@code rows} and {@code rowsOmitted}. */
    public void write(JsonWriter json) {
        json.startObject().member("dryRun", dryRun).startObject("totals").member("rows", total());
        totals.forEach((action, count) -> json.member(action.label(), count));
        json.member("passedOver", passedOver).endObject().member("fault", fault).startArray("rows");
        rows.forEach(row -> write(json, row));
        json.endArray().member("rowsOmitted", total() - rows.size()).endObject();
    }

    private static void write(JsonWriter json, ImportRow row) {
        json.startObject()
                .member("row", row.row())
                .member("action", row.action().label())
                .member("id", row.ticket() == null ? null : row.ticket().toString())
                .member("key", row.ticket() == null ? null : row.ticket().key().toString())
                .member("externalId", row.externalId())
                .startArray("problems");
        for (ImportProblem problem : row.problems()) {
            json.startObject()
                    .member("pointer", problem.pointer())
                    .optional("column", problem.column())
                    .member("code", problem.code())
                    .member("limit", problem.limit())
                    .member("detail", problem.detail())
                    .endObject();
        }
        json.endArray().member("notes", row.notes()).endObject();
    }
}
