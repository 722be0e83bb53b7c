package io.ticketmesh.exchange;

import io.ticketmesh.json.Violation;
import org.jspecify.annotations.Nullable;

/**
 * Why a row failed or was skipped. Immutable.
 *
 * @param pointer RFC 6901, into the row as if it were a line of the NDJSON export; empty for the whole row
 * @param column the column of a CSV file; null when the problem is that of the whole row, and in other formats
 * @param code for programs: one of the constants of {@link Violation}, or one of the rule's own
 * @param detail for people: a sentence without subject
 * @param limit what would have been allowed; null when that cannot be said in a value
 */
public record ImportProblem(
        String pointer,
        @Nullable String column,
        String code,
        String detail,
        @Nullable Object limit) {
    static ImportProblem of(Violation violation, @Nullable String column) {
        return new ImportProblem(violation.pointer(), column, violation.code(), violation.detail(), violation.limit());
    }

    /** Like {@code /title is blank}. */
    @Override
    public String toString() {
        return (pointer.isEmpty() ? "the row" : pointer) + " " + detail;
    }
}
