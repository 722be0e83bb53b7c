package io.ticketmesh.json;

/** A client's text quoted in a message: in double quotes, on one line, and short. */
final class Excerpt {
    private static final int MAX_CHARS = 40;

    private Excerpt() {}

    static String of(String text) {
        StringBuilder excerpt = new StringBuilder("\"");
        int end = text.offsetByCodePoints(0, Math.min(MAX_CHARS, text.codePointCount(0, text.length())));
        text.substring(0, end)
                .codePoints()
                .map(point -> Character.isISOControl(point) || isSeparator(point) ? '\uFFFD' : point)
                .forEach(excerpt::appendCodePoint);
        return excerpt.append(end < text.length() ? "…\"" : "\"").toString();
    }

    private static boolean isSeparator(int point) {
        return point == 0x2028 || point == 0x2029;
    }
}
