package io.ticketmesh.definition;

import java.util.Optional;
import java.util.Set;

/**
 * What a definition must be like for a write to be carried out. Guards one node: of what two sides of a partition accept the latest
 * wins. Immutable.
 */
public final class Expectation {
    /** Any state, or none. */
    public static final Expectation NONE = new Expectation(true, true, Set.of());

    /** There must be one. */
    public static final Expectation PRESENT = new Expectation(false, true, Set.of());

    /** There must be none. */
    public static final Expectation ABSENT = new Expectation(true, false, Set.of());

    private final boolean mayBeAbsent;
    private final boolean mayBePresent;
    private final Set<String> etags;

    private Expectation(boolean mayBeAbsent, boolean mayBePresent, Set<String> etags) {
        this.mayBeAbsent = mayBeAbsent;
        this.mayBePresent = mayBePresent;
        this.etags = Set.copyOf(etags);
    }

    /** It must have one of these entity tags. */
    public static Expectation of(Set<String> etags) {
        return new Expectation(false, true, etags);
    }

    boolean isMet(Optional<String> etag) {
        return etag.isPresent() ? mayBePresent && (etags.isEmpty() || etags.contains(etag.get())) : mayBeAbsent;
    }
}
