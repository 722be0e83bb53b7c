package io.ticketmesh.erasure;

import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.node.BookEntry;
import io.ticketmesh.node.VersionToken;
import io.ticketmesh.ticket.change.WriteEntry;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The form of an erasure in its book: lines, of which a later version may add some. */
final class ErasureEntry {
    static final String BOOK = "erasures";

    private static final int LINES = 9;

    private ErasureEntry() {}

    static WriteEntry of(Erasure erasure, Origin own) {
        List<String> lines = List.of(
                erasure.mode().label(),
                erasure.pseudonym(),
                erasure.by(),
                String.valueOf(erasure.at().toEpochMilli()),
                String.valueOf(erasure.finished()),
                String.valueOf(erasure.tickets()),
                String.valueOf(erasure.comments()),
                String.valueOf(erasure.names()),
                VersionToken.of(erasure.made(), own));
        return new WriteEntry(erasure.id(), String.join("\n", lines));
    }

    /** The erasure that an entry tells; empty when a later version wrote something else. */
    static Optional<Erasure> read(BookEntry entry) {
        String[] lines = entry.text().split("\n", -1);
        if (lines.length < LINES) {
            return Optional.empty();
        }
        try {
            VersionVector made = VersionToken.parse(lines[8]);
            return Optional.of(new Erasure(
                    entry.key(),
                    ErasureMode.valueOf(lines[0].toUpperCase(Locale.ROOT)),
                    lines[1],
                    lines[2],
                    Instant.ofEpochMilli(Long.parseLong(lines[3])),
                    Boolean.parseBoolean(lines[4]),
                    Long.parseLong(lines[5]),
                    Long.parseLong(lines[6]),
                    Long.parseLong(lines[7]),
                    made,
                    Set.of(),
                    Set.of()));
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }
}
