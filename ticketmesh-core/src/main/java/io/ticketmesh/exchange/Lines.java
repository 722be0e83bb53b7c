package io.ticketmesh.exchange;

import io.ticketmesh.json.JsonValue;
import io.ticketmesh.json.MalformedJsonException;
import io.ticketmesh.json.Violation;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A source of lines in the form of the NDJSON export. */
interface Lines {
    /**
     * Reads to the end and hands out every line.
     *
     * @throws MalformedJsonException when the source cannot be read on
     * @throws UnreadableSourceException when the source cannot be read on
     * @throws IOException when the stream or the visitor fails
     */
    void read(Visitor visitor) throws IOException;

    /** The column in which a problem with that pointer is; null when it is that of the whole row, or when there are no columns. */
    default @Nullable String columnOf(String pointer) {
        return null;
    }

    /** Takes what is read, on the thread that reads. */
    interface Visitor {
        /**
         * A line.
         *
         * @param row where it stands: the line of a text file, or the place in an archive, from 1
         * @param found what is known to be wrong with it, and is not part of {@code line}
         */
        void line(long row, JsonValue line, List<Violation> found) throws IOException;

        /** A line that cannot be read. */
        void bad(long row, Violation problem) throws IOException;

        /** Something that is not a ticket and is left out. */
        void passedOver() throws IOException;
    }
}
