package io.ticketmesh.json;

import io.ticketmesh.node.VersionToken;
import io.ticketmesh.oplog.AsOf;
import java.util.regex.Pattern;

/** A point in the life of a ticket as a text of clients. Thread-safe. */
public final class AsOfText {
    /** The most characters: those of a version. */
    public static final int MAX_CHARS = VersionToken.MAX_CHARS;

    private static final Pattern TIME = Pattern.compile("\\d{4}-.*");
    private static final Pattern ETAG = Pattern.compile("\"[0-9a-z]{1,64}\"");
    private static final Pattern OPERATION = Pattern.compile("[0-9a-f]{8}\\.[0-9a-f]{1,16}#[1-9][0-9]{0,18}");

    private AsOfText() {}

    /**
     * Reads an RFC 3339 timestamp, an entity tag in quotes, the id of an operation as histories show it, or a version as nodes tell it.
     *
     * @throws IllegalArgumentException if it is none of these; the message says so, as the end of a sentence
     */
    public static AsOf parse(String text) {
        if (TIME.matcher(text).matches()) {
            return AsOf.time(Rfc3339.instant(text));
        } else if (ETAG.matcher(text).matches()) {
            return AsOf.state(text.substring(1, text.length() - 1));
        } else if (OPERATION.matcher(text).matches()) {
            return new AsOf.Step(text);
        }
        try {
            return AsOf.version(VersionToken.parse(text));
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(
                    "is neither a timestamp like 2026-01-31T14:05:00.000Z, nor an entity tag in quotes, nor the id of an operation,"
                            + " nor a version that a node has told",
                    malformed);
        }
    }
}
