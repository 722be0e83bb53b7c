package io.ticketmesh.json;

/**
 * Where a value stood in the document it was read from.
 *
 * @param pointer the path to it
 * @param line of its first character, from 1; 0 if it was not read
 * @param column of its first character in UTF-16 units, from 1; 0 if it was not read
 * @param offset of its first character in UTF-16 units, from 0; -1 if it was not read
 */
public record JsonPlace(JsonPointer pointer, int line, int column, long offset) {
    /** The place of values that a program made. */
    public static final JsonPlace NONE = new JsonPlace(JsonPointer.ROOT, 0, 0, -1);
}
