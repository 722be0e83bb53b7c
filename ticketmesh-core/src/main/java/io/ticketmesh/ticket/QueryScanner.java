package io.ticketmesh.ticket;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Takes a text of the query language apart into terms. Used by one thread, for one text. */
final class QueryScanner {
    private final String text;
    private final List<String> qualifiers;
    private int at;

    QueryScanner(String text, List<String> qualifiers) {
        this.text = text;
        this.qualifiers = qualifiers;
    }

    /** All terms in order, at most {@code max}. */
    List<QueryTerm> terms(int max) {
        List<QueryTerm> terms = new ArrayList<>();
        skipSpace();
        while (at < text.length()) {
            if (terms.size() == max) {
                throw new InvalidQueryException(
                        "q", "too-many", "has more than " + max + " terms", at, List.of(), (long) max);
            }
            terms.add(term());
            skipSpace();
        }
        return terms;
    }

    private QueryTerm term() {
        int start = at;
        boolean negated = here() == '-' && at + 1 < text.length() && !isSpace(text.charAt(at + 1));
        if (negated) {
            at++;
        }
        if (here() == '"') {
            return phrase(start, negated);
        }
        int nameEnd = at;
        while (nameEnd < text.length() && isAsciiLetter(text.charAt(nameEnd))) {
            nameEnd++;
        }
        if (nameEnd > at && nameEnd < text.length() && text.charAt(nameEnd) == ':') {
            String name = text.substring(at, nameEnd).toLowerCase(Locale.ROOT);
            if (qualifiers.contains(name)) {
                at = nameEnd + 1;
                return new QueryTerm(start, negated, name, values(name), false);
            }
            refuseUnlessWords(start, nameEnd);
        }
        return word(start, negated);
    }

    private QueryTerm phrase(int start, boolean negated) {
        QueryTerm.Value value = quoted();
        boolean prefix = goesOn(value.text());
        if (here() == '*') {
            at++;
            prefix = true;
        }
        requireEnd();
        return new QueryTerm(start, negated, null, List.of(value), prefix);
    }

    private QueryTerm word(int start, boolean negated) {
        int from = at;
        while (at < text.length() && !isSpace(text.charAt(at))) {
            at++;
        }
        QueryTerm.Value value = new QueryTerm.Value(from, at, text.substring(from, at), false);
        return new QueryTerm(start, negated, null, List.of(value), goesOn(value.text()));
    }

    private List<QueryTerm.Value> values(String qualifier) {
        List<QueryTerm.Value> values = new ArrayList<>();
        values.add(value(qualifier));
        while (here() == ',') {
            at++;
            values.add(value(qualifier));
        }
        requireEnd();
        return values;
    }

    private QueryTerm.Value value(String qualifier) {
        int from = at;
        QueryTerm.Value value;
        if (here() == '"') {
            value = quoted();
        } else {
            while (at < text.length() && text.charAt(at) != ',' && !isSpace(text.charAt(at))) {
                at++;
            }
            value = new QueryTerm.Value(from, at, text.substring(from, at), false);
        }
        if (value.text().isBlank()) {
            throw new InvalidQueryException(
                    "q", "no-value", "has '" + qualifier + ":' without a value at position " + from, from, List.of());
        }
        return value;
    }

    private QueryTerm.Value quoted() {
        int from = at;
        StringBuilder inner = new StringBuilder();
        for (int i = from + 1; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '"') {
                at = i + 1;
                return new QueryTerm.Value(from, at, inner.toString(), true);
            }
            boolean escape = character == '\\'
                    && i + 1 < text.length()
                    && (text.charAt(i + 1) == '"' || text.charAt(i + 1) == '\\');
            if (escape) {
                i++;
            }
            inner.append(text.charAt(i));
        }
        throw new InvalidQueryException(
                "q", "open-quote", "has a quote at position " + from + " that is not closed", from, List.of());
    }

    /** "Error: text", "http://x" and "std::list" are words; "foo:bar" looks too much like a qualifier to be guessed at. */
    private void refuseUnlessWords(int start, int colon) {
        int behind = colon + 1;
        boolean words = behind == text.length()
                || isSpace(text.charAt(behind))
                || text.startsWith("//", behind)
                || text.charAt(behind) == ':';
        if (!words) {
            String name = text.substring(at, colon);
            throw new InvalidQueryException(
                    "q",
                    "unknown-qualifier",
                    "has the unknown qualifier '" + name + ":' at position " + start
                            + "; quote it to look for the words, or use one of " + String.join(", ", qualifiers),
                    start,
                    qualifiers);
        }
    }

    private void requireEnd() {
        if (at < text.length() && !isSpace(text.charAt(at))) {
            throw new InvalidQueryException(
                    "q", "no-space", "needs a space behind the quote, at position " + at, at, List.of());
        }
    }

    private static boolean goesOn(String words) {
        int last = words.length() - 1;
        return last > 0 && words.charAt(last) == '*' && Character.isLetterOrDigit(words.codePointBefore(last));
    }

    private void skipSpace() {
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
    }

    private char here() {
        return at < text.length() ? text.charAt(at) : ' ';
    }

    private static boolean isSpace(char character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }

    private static boolean isAsciiLetter(char character) {
        return character >= 'a' && character <= 'z' || character >= 'A' && character <= 'Z';
    }
}
