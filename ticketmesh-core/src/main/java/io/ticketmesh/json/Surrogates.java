package io.ticketmesh.json;

/** Halves of surrogate pairs that stand alone, which UTF-8 cannot express. */
final class Surrogates {
    private Surrogates() {}

    /** The index of the first lone surrogate, or -1. */
    static int firstLone(String text) {
        return firstLone(text, 0);
    }

    /** The text with U+FFFD for each lone surrogate. */
    static String replaced(String text) {
        int lone = firstLone(text);
        if (lone < 0) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text);
        for (; lone >= 0; lone = firstLone(text, lone + 1)) {
            clean.setCharAt(lone, '\uFFFD');
        }
        return clean.toString();
    }

    private static int firstLone(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (!Character.isSurrogate(text.charAt(i))) {
                continue;
            }
            if (i + 1 == text.length() || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                return i;
            }
            i++;
        }
        return -1;
    }
}
