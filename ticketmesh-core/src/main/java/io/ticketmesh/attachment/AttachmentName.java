package io.ticketmesh.attachment;

import io.ticketmesh.ticket.InvalidChangeException;

/** The name of a file as somebody gives it, made the name of an attachment. */
public final class AttachmentName {
    private AttachmentName() {}

    /**
     * What stands behind the last slash or backslash, without control characters and those that turn the direction of writing round,
     * and without dots and spaces at the end: {@code ../../evil.html} becomes {@code evil.html}.
     *
     * @throws InvalidChangeException when nothing is left
     */
    public static String of(String given) {
        String last = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
        StringBuilder name = new StringBuilder();
        last.codePoints().filter(AttachmentName::isKept).forEach(name::appendCodePoint);
        int end = name.length();
        while (end > 0 && (name.charAt(end - 1) == '.' || Character.isWhitespace(name.charAt(end - 1)))) {
            end--;
        }
        name.setLength(end);
        String safe = name.toString().strip();
        if (safe.isEmpty()) {
            throw new InvalidChangeException("name", "not-a-file-name", "is not the name of a file", null);
        }
        return safe;
    }

    private static boolean isKept(int character) {
        int type = Character.getType(character);
        boolean turns = character == 0x200E
                || character == 0x200F
                || character >= 0x202A && character <= 0x202E
                || character >= 0x2066 && character <= 0x2069;
        return type != Character.CONTROL
                && type != Character.SURROGATE
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR
                && !turns;
    }
}
