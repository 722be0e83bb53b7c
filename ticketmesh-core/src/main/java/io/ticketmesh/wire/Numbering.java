package io.ticketmesh.wire;

import java.util.HashMap;
import java.util.Map;

/** Numbers the distinct values of one record from 1 in the order in which they are written, so that repetitions cost a byte. */
final class Numbering<T> {
    private static final int KEPT = 256;

    private Map<T, Integer> numbers = new HashMap<>();

    /** The number of {@code value}; 0 when this is its first time, for which the value itself must be written. */
    int numberOf(T value) {
        Integer number = numbers.putIfAbsent(value, numbers.size() + 1);
        return number == null ? 0 : number;
    }

    void clear() {
        if (numbers.size() > KEPT) {
            numbers = new HashMap<>(); // a large table would make every later clearing slow
        } else {
            numbers.clear();
        }
    }
}
