package io.ticketmesh.json;

/** One line that was read by {@link JsonLines}: a value, or why there is none. Immutable. */
public sealed interface JsonLine {
    /** The line in the file, from 1; blank lines count. */
    long number();

    /** A good line. The line of the value's {@link JsonPlace} is 1: places count within the line. */
    record Row(long number, JsonValue value) implements JsonLine {}

    /** A bad line. The fault's column and offset count within the line; its line is the line of the file. */
    record Bad(long number, MalformedJsonException fault) implements JsonLine {}
}
