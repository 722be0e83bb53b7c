package io.ticketmesh.ticket;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Words to be found in the texts of a ticket. A word is a run of letters and digits, compared without regard to case.
 *
 * @param words in normal form; several must stand next to each other, in this order, within one text
 * @param prefix whether the last word may go on
 */
public record TextClause(List<String> words, Scope scope, boolean prefix) {
    /** Where to look. */
    public enum Scope {
        ANYWHERE,
        TITLE,
        DESCRIPTION,
        COMMENT
    }

    public TextClause {
        words = List.copyOf(words);
        if (words.isEmpty()) {
            throw new IllegalArgumentException("A text clause needs a word");
        }
    }

    /** The words of a text, in normal form and order. */
    public static List<String> wordsOf(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        text.codePoints().forEach(character -> {
            if (Character.isLetterOrDigit(character)) {
                word.appendCodePoint(Character.toLowerCase(character));
            } else if (word.length() > 0) {
                words.add(word.toString());
                word.setLength(0);
            }
        });
        if (word.length() > 0) {
            words.add(word.toString());
        }
        return words;
    }

    /**
     * Whether the words stand in one of the ticket's texts. What a search index finds is defined by this.
     *
     * @param comments the texts of the comments that the reader may see; asked for only when needed
     */
    public boolean matches(Ticket ticket, Supplier<List<String>> comments) {
        boolean anywhere = scope == Scope.ANYWHERE;
        return (anywhere || scope == Scope.TITLE) && standsIn(ticket.title().or(""))
                || (anywhere || scope == Scope.DESCRIPTION)
                        && standsIn(ticket.description().or(""))
                || (anywhere || scope == Scope.COMMENT)
                        && comments.get().stream().anyMatch(this::standsIn);
    }

    private boolean standsIn(String text) {
        List<String> present = wordsOf(text);
        for (int start = 0; start + words.size() <= present.size(); start++) {
            if (standsAt(present, start)) {
                return true;
            }
        }
        return false;
    }

    private boolean standsAt(List<String> present, int start) {
        int last = words.size() - 1;
        for (int i = 0; i < last; i++) {
            if (!present.get(start + i).equals(words.get(i))) {
                return false;
            }
        }
        String word = present.get(start + last);
        return prefix ? word.startsWith(words.get(last)) : word.equals(words.get(last));
    }

    @Override
    public String toString() {
        return scope.name().toLowerCase(Locale.ROOT) + ":\"" + String.join(" ", words) + (prefix ? "*" : "") + "\"";
    }
}
