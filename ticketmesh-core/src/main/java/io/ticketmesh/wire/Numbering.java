package io.ticketmesh.wire;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Numbers the distinct values of one record from 1 in the order in which they are written, so that repetitions cost a byte. */
final class Numbering<T> {
    private static final int KEPT = 256;

    private Map<T, Integer> numbers = new HashMap<>();

    /** The value that came last, which often comes again. */
    private @Nullable T last;

    private int lastNumber;

    /** The number of {@code value}; 0 when this is its first time, for which the value itself must be written. */
    int numberOf(T value) {
        if (last != null && value == last) {
            return lastNumber;
        }
        int next = numbers.size() + 1;
        Integer number = numbers.putIfAbsent(value, next);
        last = value;
        lastNumber = number == null ? next : number;
        return number == null ? 0 : number;
    }

    void clear() {
        last = null;
        if (numbers.size() > KEPT) {
            numbers = new HashMap<>(); // a large table would make every later clearing slow
        } else {
            numbers.clear();
        }
    }
}
