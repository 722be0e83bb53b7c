package io.ticketmesh.search;

import io.ticketmesh.ticket.TextClause;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** What people may look for in tickets of {@link TrackerTickets}, in the words of the query language. Not thread-safe. */
public final class RandomQuestions {
    private final TrackerTickets texts;
    private final long tickets;
    private final SplittableRandom random;

    /** @param tickets words are taken from the first so many, and so most of them are found */
    public RandomQuestions(TrackerTickets texts, long tickets, long seed) {
        this.texts = texts;
        this.tickets = tickets;
        random = new SplittableRandom(seed);
    }

    /** A question of any kind. */
    public String next() {
        return switch (random.nextInt(12)) {
            case 0 -> word();
            case 1, 2 -> twoWords();
            case 3 -> word() + " " + word() + " " + word();
            case 4 -> phrase();
            case 5 -> phrase() + " " + word();
            case 6 -> prefix();
            case 7 -> prefix() + " " + word();
            case 8 -> word() + " -" + (random.nextBoolean() ? word() : phrase());
            case 9 -> twoWords() + " " + qualifier();
            case 10 -> word() + " in:" + any(List.of("title", "description", "comments"));
            default -> "-" + word() + " " + qualifier();
        };
    }

    /** Two words of one text, so that they stand together at least once; one in three times any two. */
    public String twoWords() {
        if (random.nextInt(3) == 0) {
            return word() + " " + word();
        }
        List<String> words = words();
        return any(words) + " " + any(words);
    }

    /** As frequent here as it is in the tickets. */
    public String word() {
        return any(words());
    }

    /** Two or three words that stand next to each other in a text. */
    public String phrase() {
        List<String> words = words();
        int from = random.nextInt(words.size());
        int to = Math.min(words.size(), from + 2 + random.nextInt(2));
        return "\"" + String.join(" ", words.subList(from, to)) + (random.nextInt(4) == 0 ? "*" : "") + "\"";
    }

    /** The first letters of a word, and a star. */
    public String prefix() {
        String word = word();
        int chars = Math.min(word.length(), 2 + random.nextInt(4));
        return word.substring(0, word.offsetByCodePoints(0, word.codePointCount(0, chars))) + "*";
    }

    /** From 0 on, below the bound. */
    public long number(long bound) {
        return random.nextLong(bound);
    }

    private String qualifier() {
        return switch (random.nextInt(8)) {
            case 0 -> "status:" + any(List.of("new", "open", "new,resolved"));
            case 1 -> "-status:new";
            case 2 -> "priority:" + any(List.of("high", "low,urgent"));
            case 3 -> "no:assignee";
            case 4 -> "-no:assignee";
            case 5 -> "created:" + any(List.of(">=2026-01-01", "<2026-01-01", "2026-01-01..*"));
            case 6 -> "category:" + any(List.of("open", "done"));
            default -> "tag:\"" + any(List.of("editorial", "Editorial", "parked")) + "\"";
        };
    }

    private List<String> words() {
        List<String> words = new ArrayList<>();
        while (words.isEmpty()) {
            TrackerTickets.Draft draft = texts.draft(random.nextLong(tickets));
            String text = any(all(draft));
            words.addAll(TextClause.wordsOf(text.length() > 900 ? text.substring(0, 900) : text));
            words.removeIf(word -> word.length() > 60); // a question has at most 1,000 characters
        }
        return words.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
    }

    private static List<String> all(TrackerTickets.Draft draft) {
        List<String> all = new ArrayList<>(draft.comments());
        all.add(draft.title());
        all.add(draft.description());
        return all;
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
