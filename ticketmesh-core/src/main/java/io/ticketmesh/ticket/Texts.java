package io.ticketmesh.ticket;

/** The rules that texts of tickets keep. */
public final class Texts {
    private Texts() {}

    /** A line without surrounding space: 1 to {@code max} characters (UTF-16 units), no control characters. */
    public static String line(String field, String text, int max) {
        String line = text.strip();
        if (line.isEmpty()) {
            throw new InvalidChangeException(field, "blank", "is blank", null);
        }
        requireLength(field, line, max);
        for (int i = 0; i < line.length(); i++) {
            if (Character.isISOControl(line.charAt(i)) || line.charAt(i) == '\u2028' || line.charAt(i) == '\u2029') {
                throw new InvalidChangeException(
                        field, "control-character", "has a control character at position " + i, null);
            }
        }
        return requireUnicode(field, line);
    }

    /** A text of at most {@code max} characters (UTF-16 units) in which line breaks and tabs are the only control characters. */
    public static String text(String field, String text, int max) {
        requireLength(field, text, max);
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (Character.isISOControl(character) && character != '\n' && character != '\r' && character != '\t') {
                throw new InvalidChangeException(
                        field, "control-character", "has a control character at position " + i, null);
            }
        }
        return requireUnicode(field, text);
    }

    /** A {@link #text} that holds more than white space. */
    public static String filledText(String field, String text, int max) {
        if (text.isBlank()) {
            throw new InvalidChangeException(field, "blank", "is blank", null);
        }
        return text(field, text, max);
    }

    /** Lower-case letters, digits, '-', '_' and '.', beginning with a letter or digit; 1 to {@code max} characters. */
    public static String slug(String field, String text, int max) {
        String slug = line(field, text, max);
        for (int i = 0; i < slug.length(); i++) {
            char c = slug.charAt(i);
            boolean alphanumeric = c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
            if (!alphanumeric && (i == 0 || c != '-' && c != '_' && c != '.')) {
                throw new InvalidChangeException(
                        field,
                        "not-a-slug",
                        "may hold only a-z, 0-9, '-', '_' and '.', and begins with a letter or digit",
                        null);
            }
        }
        return slug;
    }

    private static void requireLength(String field, String text, int max) {
        if (text.length() > max) {
            throw new InvalidChangeException(
                    field, "too-long", "has " + text.length() + " characters, at most " + max, (long) max);
        }
    }

    private static String requireUnicode(String field, String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (i + 1 == length || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                    throw new InvalidChangeException(field, "not-unicode", "has half a surrogate pair", null);
                }
                i++;
            }
        }
        return text;
    }
}
