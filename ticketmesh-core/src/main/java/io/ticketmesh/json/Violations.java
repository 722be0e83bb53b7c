package io.ticketmesh.json;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects what is wrong with one document, so that its sender hears everything at once. Keeps the first {@value #MAX_KEPT}
 * and counts the rest, because a hostile document can be wrong a million times. For one thread.
 */
public final class Violations {
    /** How many violations are kept. */
    public static final int MAX_KEPT = 100;

    private final List<Violation> kept = new ArrayList<>();
    private int omitted;

    public void add(Violation violation) {
        if (kept.size() < MAX_KEPT) {
            kept.add(violation);
        } else {
            omitted++;
        }
    }

    public void add(JsonPointer pointer, String code, String detail) {
        add(pointer, code, detail, null);
    }

    public void add(JsonPointer pointer, String code, String detail, @Nullable Object limit) {
        add(new Violation(pointer.toString(), code, detail, limit));
    }

    public boolean isEmpty() {
        return kept.isEmpty();
    }

    /** The kept ones, in the order in which they were found; a copy. */
    public List<Violation> list() {
        return List.copyOf(kept);
    }

    /** @throws InvalidJsonException with everything collected, if there is anything */
    public void throwIfAny() {
        if (!kept.isEmpty()) {
            throw new InvalidJsonException(kept, omitted);
        }
    }
}
