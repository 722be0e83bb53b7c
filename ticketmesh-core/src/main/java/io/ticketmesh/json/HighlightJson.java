package io.ticketmesh.json;

import io.ticketmesh.ticket.Highlight;
import java.util.List;

/** Where words that were looked for stand in a ticket, in JSON. */
public final class HighlightJson {
    private HighlightJson() {}

    /**
     * Writes the member {@code highlights} into an object that was begun already: of each its {@code field}, its {@code comment} if it
     * is one, its {@code text}, and the {@code ranges} that are marked in it, in UTF-16 units.
     */
    public static void writeMember(JsonWriter json, List<Highlight> highlights) {
        json.startArray("highlights");
        highlights.forEach(highlight -> write(json, highlight));
        json.endArray();
    }

    private static void write(JsonWriter json, Highlight highlight) {
        json.startObject()
                .member("field", highlight.field().label())
                .optional(
                        "comment",
                        highlight.comment() == null ? null : highlight.comment().toString())
                .member("text", highlight.text())
                .startArray("ranges");
        for (Highlight.Range range : highlight.ranges()) {
            json.startObject()
                    .member("start", range.start())
                    .member("end", range.end())
                    .endObject();
        }
        json.endArray().endObject();
    }
}
