package io.ticketmesh.json;

/**
 * How large one JSON document may be before it is refused. Immutable.
 *
 * @param documentBytes largest document in bytes, a byte order mark included; at least 1
 * @param stringChars longest string value in characters (UTF-16 units) after unescaping; at least 1
 * @param nameChars longest member name in characters after unescaping; at least 1
 * @param numberChars longest number in characters as written; at least 1, at most 1000, because the cost of decimal conversion
 *     grows faster than the length
 * @param nesting how many objects and arrays may be open at once; 1 to 500, because trees are walked by recursion
 *     and the writer stops there
 */
public record JsonLimits(long documentBytes, int stringChars, int nameChars, int numberChars, int nesting) {
    /** 1 MiB, strings of 131,072 characters, names of 256, numbers of 128, nesting 64: fits every single ticket. */
    public static final JsonLimits DEFAULT = new JsonLimits(1 << 20, 1 << 17, 256, 128, 64);

    /** @throws IllegalArgumentException if a limit is outside the range given above */
    public JsonLimits {
        requireRange("documentBytes", documentBytes, Long.MAX_VALUE);
        requireRange("stringChars", stringChars, Integer.MAX_VALUE);
        requireRange("nameChars", nameChars, Integer.MAX_VALUE);
        requireRange("numberChars", numberChars, 1000);
        requireRange("nesting", nesting, 500);
    }

    public JsonLimits withDocumentBytes(long bytes) {
        return new JsonLimits(bytes, stringChars, nameChars, numberChars, nesting);
    }

    public JsonLimits withStringChars(int chars) {
        return new JsonLimits(documentBytes, chars, nameChars, numberChars, nesting);
    }

    public JsonLimits withNameChars(int chars) {
        return new JsonLimits(documentBytes, stringChars, chars, numberChars, nesting);
    }

    public JsonLimits withNesting(int levels) {
        return new JsonLimits(documentBytes, stringChars, nameChars, numberChars, levels);
    }

    private static void requireRange(String name, long value, long highest) {
        if (value < 1 || value > highest) {
            throw new IllegalArgumentException(name + " is " + value + ", must be 1 to " + highest);
        }
    }
}
