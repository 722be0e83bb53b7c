package io.ticketmesh.ticket;

import io.ticketmesh.ticket.Highlight.Range;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The part of a text in which most of the clauses stand close together, the first of equals.
 *
 * @param clauses how many different ones stand in it
 */
record Excerpt(String text, List<Range> ranges, int clauses) {
    private static final String CUT = "…";

    /** As a rule, this part of the excerpt stands before the first mark. */
    private static final int LEAD = 4;

    /** A clause stands there. */
    private record Hit(int clause, int start, int end) {}

    /** Null when none of the clauses stands in the text. */
    static @Nullable Excerpt of(String text, List<TextClause> clauses, int maxChars) {
        List<Hit> hits = hits(text, clauses);
        if (hits.isEmpty()) {
            return null;
        }
        if (text.length() <= maxChars) {
            return part(text, 0, text.length(), hits);
        }
        int room = maxChars - 2 * CUT.length();
        int lead = room / LEAD;
        int first = densest(hits, clauses.size(), room - lead).start();
        int start = wordStart(text, Math.max(0, first - lead), first);
        return part(text, start, wordEnd(text, start + room, first), hits);
    }

    Highlight as(Highlight.Field field, @Nullable CommentId comment) {
        return new Highlight(field, comment, text, ranges);
    }

    private static List<Hit> hits(String text, List<TextClause> clauses) {
        List<String> words = new ArrayList<>();
        List<Range> places = new ArrayList<>();
        TextClause.scan(text, (word, start, end) -> {
            words.add(word);
            places.add(new Range(start, end));
        });
        List<Hit> hits = new ArrayList<>();
        for (int at = 0; at < words.size(); at++) {
            for (int clause = 0; clause < clauses.size(); clause++) {
                TextClause wanted = clauses.get(clause);
                int last = at + wanted.words().size() - 1;
                if (last < words.size() && wanted.standsAt(words, at)) {
                    hits.add(new Hit(
                            clause, places.get(at).start(), places.get(last).end()));
                }
            }
        }
        return hits;
    }

    /** The hit from which on most clauses stand within so many characters. */
    private static Hit densest(List<Hit> hits, int clauses, int chars) {
        int[] within = new int[clauses];
        int different = 0;
        int most = 0;
        int behind = 0;
        Hit best = hits.get(0);
        for (int i = 0; i < hits.size(); i++) {
            Hit first = hits.get(i);
            while (behind < hits.size() && hits.get(behind).end() <= first.start() + chars) {
                different += within[hits.get(behind++).clause()]++ == 0 ? 1 : 0;
            }
            if (different > most) {
                most = different;
                best = first;
            }
            if (behind > i) {
                different -= --within[first.clause()] == 0 ? 1 : 0;
            } else {
                behind = i + 1; // it is longer than that
            }
        }
        return best;
    }

    /** The beginning of a word between the two places, if there is one. */
    private static int wordStart(String text, int from, int first) {
        int start = from;
        while (start > 0 && start < first && !isSpace(text.charAt(start - 1))) {
            start++;
        }
        start = start == first ? from : start;
        return splitsPair(text, start) ? start + 1 : start;
    }

    /** The end of a word between the two places, if there is one. */
    private static int wordEnd(String text, int to, int first) {
        if (to >= text.length()) {
            return text.length();
        }
        int end = to;
        while (end > first && !isSpace(text.charAt(end))) {
            end--;
        }
        end = end == first ? to : end;
        return splitsPair(text, end) ? end - 1 : end;
    }

    private static boolean splitsPair(String text, int place) {
        return place > 0
                && Character.isLowSurrogate(text.charAt(place))
                && Character.isHighSurrogate(text.charAt(place - 1));
    }

    private static Excerpt part(String text, int start, int end, List<Hit> hits) {
        StringBuilder shown = new StringBuilder(start > 0 ? CUT : "");
        int[] places = new int[end - start + 1];
        for (int i = start; i < end; i++) {
            places[i - start] = shown.length();
            char character = text.charAt(i);
            if (!isSpace(character)) {
                shown.append(character);
            } else if (!shown.isEmpty() && shown.charAt(shown.length() - 1) != ' ') {
                shown.append(' ');
            }
        }
        places[end - start] = shown.length();
        List<Range> ranges = new ArrayList<>();
        Set<Integer> clauses = new HashSet<>();
        for (Hit hit : hits) {
            if (hit.start() < end && hit.end() > start) {
                clauses.add(hit.clause());
                mark(places[Math.max(hit.start(), start) - start], places[Math.min(hit.end(), end) - start], ranges);
            }
        }
        return new Excerpt(shown.toString().stripTrailing() + (end < text.length() ? CUT : ""), ranges, clauses.size());
    }

    /** Adds a range to those before it, of which none begins later. */
    private static void mark(int start, int end, List<Range> ranges) {
        Range last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
        if (last != null && start < last.end()) {
            ranges.set(ranges.size() - 1, new Range(last.start(), Math.max(last.end(), end)));
        } else {
            ranges.add(new Range(start, end));
        }
    }

    private static boolean isSpace(char character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }
}
