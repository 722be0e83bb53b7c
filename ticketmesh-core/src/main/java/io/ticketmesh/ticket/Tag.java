package io.ticketmesh.ticket;

import java.util.Locale;

/** The normal form of a tag: tags are equal regardless of case. The spelling that people see is kept beside it. */
public record Tag(String folded) implements Comparable<Tag> {
    public static Tag of(String spelling) {
        return new Tag(spelling.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT));
    }

    @Override
    public int compareTo(Tag other) {
        return folded.compareTo(other.folded);
    }
}
