package io.ticketmesh.exchange;

import io.ticketmesh.json.JsonLimits;
import io.ticketmesh.json.JsonLine;
import io.ticketmesh.json.JsonLines;
import io.ticketmesh.json.Violation;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** The lines of newline-delimited JSON. */
final class NdjsonLines implements Lines {
    /** Of one line: 64 MiB, and texts that are far too long for a ticket, so that a violation can say so. */
    static final JsonLimits LIMITS =
            JsonLimits.DEFAULT.withDocumentBytes(64L << 20).withStringChars(1 << 20);

    private final JsonLines lines;

    NdjsonLines(InputStream input) {
        lines = new JsonLines(input, LIMITS);
    }

    @Override
    public void read(Visitor visitor) throws IOException {
        Optional<JsonLine> next = lines.next();
        while (next.isPresent()) {
            if (next.get() instanceof JsonLine.Row row) {
                visitor.line(row.number(), row.value(), List.of());
            } else if (next.get() instanceof JsonLine.Bad bad) {
                visitor.bad(
                        bad.number(),
                        new Violation(
                                "", "malformed", String.valueOf(bad.fault().getMessage()), null));
            }
            next = lines.next();
        }
    }
}
