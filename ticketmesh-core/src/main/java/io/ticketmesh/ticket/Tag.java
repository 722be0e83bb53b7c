package io.ticketmesh.ticket;

import java.util.Locale;

/** The normal form of a tag: tags are equal regardless of case. The spelling that people see is kept beside it. */
public record Tag(String folded) implements Comparable<Tag> {
    public static Tag of(String spelling) {
        return new Tag(isFolded(spelling) ? spelling : fold(spelling));
    }

    /** Most tags are written in their normal form. */
    private static boolean isFolded(String spelling) {
        for (int i = 0; i < spelling.length(); i++) {
            char character = spelling.charAt(i);
            if (character >= 0x80 || character >= 'A' && character <= 'Z') {
                return false;
            }
        }
        return true;
    }

    private static String fold(String spelling) {
        return spelling.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    @Override
    public int compareTo(Tag other) {
        return folded.compareTo(other.folded);
    }
}
