package io.ticketmesh.json;

/**
 * The bytes are not one acceptable JSON document, and this is where. The message is meant for the client: it quotes at most a
 * few characters of the document and no word of our own code.
 *
 * <p>{@link #line} and {@link #column} count from 1, {@link #offset} from 0; columns and offsets count characters (UTF-16
 * units), not bytes, and a leading byte order mark is not counted. The position is that of the first character that cannot
 * stand where it stands; of the first character of a broken number, unknown word or over-long value; of the end, if the document ends too
 * early.
 */
public final class MalformedJsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What kind of fault it is. */
    public enum Reason {
        /** Not JSON as of RFC 8259. */
        SYNTAX,
        /** Not UTF-8: an overlong form, a surrogate, a cut sequence; or an escaped surrogate without its partner. */
        ENCODING,
        /** An object names the same member twice. */
        DUPLICATE_NAME,
        /** A string, name, number or the nesting goes beyond its limit. */
        LIMIT,
        /** The document has more bytes than allowed: over HTTP a 413, not a 400. */
        TOO_LARGE
    }

    private final Reason reason;
    private final String problem;
    private final int line;
    private final int column;
    private final long offset;

    public MalformedJsonException(Reason reason, String problem, int line, int column, long offset) {
        super("line " + line + ", column " + column + ": " + problem);
        this.reason = reason;
        this.problem = problem;
        this.line = line;
        this.column = column;
        this.offset = offset;
    }

    public Reason reason() {
        return reason;
    }

    /** The message without the position. */
    public String problem() {
        return problem;
    }

    public int line() {
        return line;
    }

    public int column() {
        return column;
    }

    public long offset() {
        return offset;
    }
}
