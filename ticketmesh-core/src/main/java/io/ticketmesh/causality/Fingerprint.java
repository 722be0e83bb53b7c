package io.ticketmesh.causality;

/**
 * Condenses a value to 64 bits that are the same on every replica and in every run, which {@link Object#hashCode()} does not
 * promise. For comparing replicas; not for security. The mixing step is that of SplitMix64 (Steele et al., OOPSLA 2014).
 *
 * <p>Not thread-safe.
 */
public final class Fingerprint {
    private long state = 0x9E3779B97F4A7C15L;

    public Fingerprint add(long value) {
        state = mix(state * 31 + value);
        return this;
    }

    /** Adds the text with its length, so that "ab", "c" differs from "a", "bc". */
    public Fingerprint add(String text) {
        add(text.length());
        long word = 0;
        int length = text.length();
        for (int i = 0; i < length; i++) {
            word = (word << 16) | text.charAt(i);
            if ((i & 3) == 3) {
                add(word);
                word = 0;
            }
        }
        return (length & 3) == 0 ? this : add(word);
    }

    public Fingerprint add(Origin origin) {
        return add(origin.node().high()).add(origin.node().low()).add(origin.incarnation());
    }

    public Fingerprint add(VersionVector vector) {
        add(vector.size());
        vector.forEach((origin, sequence) -> add(origin).add(sequence));
        return this;
    }

    /** The condensed value so far. */
    public long value() {
        return mix(state);
    }

    private static long mix(long word) {
        long mixed = (word ^ (word >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
