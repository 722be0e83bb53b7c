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
        COMMENT,
        /** The names of attachments. */
        ATTACHMENT
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
        scan(text, (word, start, end) -> words.add(word));
        return words;
    }

    /** Hears of one word after the other, and between which characters of the text it stands. */
    @FunctionalInterface
    interface WordListener {
        void word(String word, int start, int end);
    }

    static void scan(String text, WordListener listener) {
        StringBuilder word = new StringBuilder();
        int start = 0;
        int at = 0;
        while (at < text.length()) {
            int character = text.codePointAt(at);
            if (Character.isLetterOrDigit(character)) {
                start = word.isEmpty() ? at : start;
                word.appendCodePoint(Character.toLowerCase(character));
            } else if (!word.isEmpty()) {
                listener.word(word.toString(), start, at);
                word.setLength(0);
            }
            at += Character.charCount(character);
        }
        if (!word.isEmpty()) {
            listener.word(word.toString(), start, at);
        }
    }

    /**
     * Whether the words stand in one of the ticket's texts. What a search index finds is defined by this.
     *
     * @param comments the texts of the comments that the reader may see; asked for only when needed
     */
    public boolean matches(Ticket ticket, Supplier<List<String>> comments) {
        return standsInTitle(ticket)
                || standsInDescription(ticket)
                || looksIn(Scope.ATTACHMENT)
                        && ticket.attachmentNames().stream().anyMatch(this::standsIn)
                || looksIn(Scope.COMMENT) && comments.get().stream().anyMatch(this::standsIn);
    }

    /** Whether the words are looked for in the title, and stand there. */
    boolean standsInTitle(Ticket ticket) {
        return looksIn(Scope.TITLE) && standsIn(ticket.title().or(""));
    }

    /** Whether the words are looked for in the description, and stand there. */
    boolean standsInDescription(Ticket ticket) {
        return looksIn(Scope.DESCRIPTION) && standsIn(ticket.description().or(""));
    }

    /** Whether the words are looked for in that place. */
    public boolean looksIn(Scope place) {
        return scope == Scope.ANYWHERE || scope == place;
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

    /** Whether the words stand among those that are present from {@code start} on, which must be as many. */
    boolean standsAt(List<String> present, int start) {
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
