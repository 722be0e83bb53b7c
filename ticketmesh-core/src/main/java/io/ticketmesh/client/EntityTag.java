package io.ticketmesh.client;

/** The form that entity tags have in headers: in double quotes. In the Java API they have none. */
final class EntityTag {
    private EntityTag() {}

    /**
     * @throws IllegalArgumentException when it cannot stand in a header
     */
    static String quoted(String etag) {
        if (etag.isEmpty() || !etag.chars().allMatch(c -> c > 0x20 && c < 0x7F && c != '"')) {
            throw new IllegalArgumentException(
                    "An entity tag is a word of printable ASCII without quotes, not '" + etag + "'");
        }
        return '"' + etag + '"';
    }

    static String unquoted(String text) {
        return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1)
                : text;
    }
}
