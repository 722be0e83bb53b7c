package io.ticketmesh.ticket;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One term of the query language as it was written: words, or a qualifier with values.
 *
 * @param position of its first character, from 0
 * @param qualifier in lower case; null for words
 * @param values at least one; exactly one for words
 * @param prefix whether the last word may go on
 */
record QueryTerm(int position, boolean negated, @Nullable String qualifier, List<Value> values, boolean prefix) {
    /**
     * What stands behind a qualifier's colon, or the words.
     *
     * @param end behind its last character
     */
    record Value(int position, int end, String text, boolean quoted) {}

    QueryTerm {
        values = List.copyOf(values);
    }

    Value first() {
        return values.get(0);
    }

    List<String> texts() {
        return values.stream().map(Value::text).toList();
    }
}
