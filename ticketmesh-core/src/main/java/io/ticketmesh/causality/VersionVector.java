package io.ticketmesh.causality;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * How much has been seen: for every origin the highest sequence up to which all its operations are held. Immutable.
 *
 * <p>Parker et al., Detection of Mutual Inconsistency in Distributed Systems (1983).
 *
 * <p>There is an entry for every run that ever wrote, so a vector grows with the restarts of nodes, for years. Vectors that follow from each
 * other share their origins: to see one operation more copies eight bytes an entry, and comparing them looks at no origin.
 */
public final class VersionVector {
    /** Has seen nothing. */
    public static final VersionVector EMPTY = new VersionVector(new Origin[0], new long[0]);

    /** Sorted; shared with other vectors and never changed. */
    private final Origin[] origins;

    /** Of each origin; all positive. */
    private final long[] sequences;

    private VersionVector(Origin[] origins, long[] sequences) {
        this.origins = origins;
        this.sequences = sequences;
    }

    /** A vector of the given entries; entries of 0 are left out. */
    public static VersionVector of(Map<Origin, Long> entries) {
        Growing vector = new Growing(entries.size());
        new TreeMap<>(entries).forEach((origin, sequence) -> {
            if (sequence < 0) {
                throw new IllegalArgumentException("A sequence is not negative: " + sequence + " of " + origin);
            }
            vector.add(origin, sequence);
        });
        return vector.grown();
    }

    /** The highest sequence seen of {@code origin}; 0 when none. */
    public long get(Origin origin) {
        int place = Arrays.binarySearch(origins, origin);
        return place >= 0 ? sequences[place] : 0;
    }

    public boolean contains(OperationId operation) {
        return operation.sequence() <= get(operation.origin());
    }

    /** Whether everything that {@code other} has seen is seen here too. */
    public boolean dominates(VersionVector other) {
        if (other.size() > size()) {
            return false;
        }
        boolean sameOrigins = origins == other.origins;
        Walk mine = new Walk(this);
        for (int place = 0; place < other.size(); place++) {
            if ((sameOrigins ? sequences[place] : mine.seek(other.origins[place])) < other.sequences[place]) {
                return false;
            }
        }
        return true;
    }

    /** This vector with {@code operation} and all before it in its origin seen too. */
    public VersionVector with(OperationId operation) {
        int place = Arrays.binarySearch(origins, operation.origin());
        if (place < 0) {
            return with(-place - 1, operation);
        }
        if (sequences[place] >= operation.sequence()) {
            return this;
        }
        long[] copy = sequences.clone();
        copy[place] = operation.sequence();
        return new VersionVector(origins, copy);
    }

    private VersionVector with(int place, OperationId first) {
        Origin[] allOrigins = new Origin[size() + 1];
        long[] allSequences = new long[size() + 1];
        System.arraycopy(origins, 0, allOrigins, 0, place);
        System.arraycopy(sequences, 0, allSequences, 0, place);
        allOrigins[place] = first.origin();
        allSequences[place] = first.sequence();
        System.arraycopy(origins, place, allOrigins, place + 1, size() - place);
        System.arraycopy(sequences, place, allSequences, place + 1, size() - place);
        return new VersionVector(allOrigins, allSequences);
    }

    /** What either has seen: the entry-wise maximum. */
    public VersionVector merge(VersionVector other) {
        if (dominates(other)) {
            return this;
        }
        if (other.dominates(this)) {
            return other;
        }
        Growing both = new Growing(size() + other.size());
        int theirs = 0;
        for (int mine = 0; mine < size(); mine++) {
            while (theirs < other.size() && other.origins[theirs].compareTo(origins[mine]) < 0) {
                both.add(other.origins[theirs], other.sequences[theirs++]);
            }
            boolean shared = theirs < other.size() && other.origins[theirs].equals(origins[mine]);
            both.add(origins[mine], shared ? Math.max(sequences[mine], other.sequences[theirs++]) : sequences[mine]);
        }
        while (theirs < other.size()) {
            both.add(other.origins[theirs], other.sequences[theirs++]);
        }
        return both.grown();
    }

    /** What both have seen: the entry-wise minimum. */
    public VersionVector intersect(VersionVector other) {
        Growing common = new Growing(Math.min(size(), other.size()));
        Walk theirs = new Walk(other);
        for (int place = 0; place < size(); place++) {
            common.add(origins[place], Math.min(sequences[place], theirs.seek(origins[place])));
        }
        return common.grown();
    }

    /** This vector without the origins of another one. */
    public VersionVector without(VersionVector other) {
        Growing rest = new Growing(size());
        Walk theirs = new Walk(other);
        for (int place = 0; place < size(); place++) {
            rest.add(origins[place], theirs.seek(origins[place]) > 0 ? 0 : sequences[place]);
        }
        return rest.grown();
    }

    /** This vector without the runs that began after {@code incarnation}. */
    public VersionVector upTo(long incarnation) {
        Growing earlier = new Growing(size());
        for (int place = 0; place < size(); place++) {
            earlier.add(origins[place], origins[place].incarnation() <= incarnation ? sequences[place] : 0);
        }
        return earlier.grown();
    }

    /** How many operations are seen here that {@code other} has not seen. */
    public long countBeyond(VersionVector other) {
        long count = 0;
        Walk theirs = new Walk(other);
        for (int place = 0; place < size(); place++) {
            count += Math.max(0, sequences[place] - theirs.seek(origins[place]));
        }
        return count;
    }

    /** Calls {@code visitor} for every origin in order. */
    public void forEach(BiConsumer<Origin, Long> visitor) {
        for (int place = 0; place < size(); place++) {
            visitor.accept(origins[place], sequences[place]);
        }
    }

    /** All origins in order; unmodifiable. */
    public List<Origin> origins() {
        return Collections.unmodifiableList(Arrays.asList(origins));
    }

    /** An unmodifiable copy, sorted by origin. */
    public SortedMap<Origin, Long> entries() {
        TreeMap<Origin, Long> entries = new TreeMap<>();
        forEach(entries::put);
        return Collections.unmodifiableSortedMap(entries);
    }

    /** A hash over all entries, the same on every replica that has seen the same. */
    public Sha256 hash() {
        ByteBuffer bytes = ByteBuffer.allocate(size() * 4 * Long.BYTES);
        forEach((origin, sequence) -> bytes.putLong(origin.node().high())
                .putLong(origin.node().low())
                .putLong(origin.incarnation())
                .putLong(sequence));
        return Sha256.of(bytes.array());
    }

    /** The number of origins. */
    public int size() {
        return origins.length;
    }

    public boolean isEmpty() {
        return origins.length == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VersionVector that
                && Arrays.equals(sequences, that.sequences)
                && (origins == that.origins || Arrays.equals(origins, that.origins));
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(origins) + Arrays.hashCode(sequences);
    }

    @Override
    public String toString() {
        return entries().toString();
    }

    /** Looks origins up in rising order: each search gallops on from the one before (Bentley and Yao 1976). */
    private static final class Walk {
        private final VersionVector vector;
        private int place;

        Walk(VersionVector vector) {
            this.vector = vector;
        }

        long seek(Origin origin) {
            Origin[] all = vector.origins;
            int step = 1;
            while (place + step < all.length && all[place + step].compareTo(origin) < 0) {
                place += step;
                step *= 2;
            }
            int end = Math.min(place + step + 1, all.length);
            int found = Arrays.binarySearch(all, Math.min(place, end), end, origin);
            place = found >= 0 ? found : -found - 1;
            return found >= 0 ? vector.sequences[found] : 0;
        }
    }

    /** Entries that come in the order of their origins; those of 0 are left out. */
    private static final class Growing {
        private final Origin[] origins;
        private final long[] sequences;
        private int size;

        Growing(int most) {
            origins = new Origin[most];
            sequences = new long[most];
        }

        void add(Origin origin, long sequence) {
            if (sequence > 0) {
                origins[size] = origin;
                sequences[size++] = sequence;
            }
        }

        VersionVector grown() {
            if (size == 0) {
                return EMPTY;
            }
            return new VersionVector(Arrays.copyOf(origins, size), Arrays.copyOf(sequences, size));
        }
    }
}
