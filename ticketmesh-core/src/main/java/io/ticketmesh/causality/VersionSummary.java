package io.ticketmesh.causality;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A version in few bytes, however many runs there ever were, for those who hold about the same: the entries of the runs that may still
 * write or wrote last, and one hash over all others. Immutable.
 *
 * <p>The entries of runs that ended long ago are the same on all replicas. A replica whose own others have the same hash knows the
 * whole version; any other one has to ask for it.
 *
 * @param listed the entries that are told
 * @param others the hash over those that are not; null when all are told
 */
public record VersionSummary(VersionVector listed, @Nullable Sha256 others) {
    /** All of a version. */
    public static VersionSummary whole(VersionVector version) {
        return new VersionSummary(version, null);
    }

    /**
     * A version whose entries are told if they are not more than {@code most}; else so many of them: those of the given runs before
     * others, and of the others those that began last.
     */
    public static VersionSummary of(VersionVector version, Set<Origin> running, int most) {
        if (version.size() <= most) {
            return whole(version);
        }
        Map<Origin, Long> told = new HashMap<>();
        version.origins().stream()
                .sorted(Comparator.comparing((Origin origin) -> !running.contains(origin))
                        .thenComparing(
                                Comparator.comparingLong(Origin::incarnation).reversed())
                        .thenComparing(Comparator.naturalOrder()))
                .limit(most)
                .forEach(origin -> told.put(origin, version.get(origin)));
        VersionVector listed = VersionVector.of(told);
        return new VersionSummary(listed, version.without(listed).hash());
    }

    /** The version that was summed up, as one knows who has seen {@code mine}; null when what is not listed differs. */
    public @Nullable VersionVector completedBy(VersionVector mine) {
        if (others == null) {
            return listed;
        }
        VersionVector rest = mine.without(listed);
        return rest.hash().equals(others) ? rest.merge(listed) : null;
    }

    /** Whether this sums up just that version. */
    public boolean isOf(VersionVector version) {
        VersionVector summed = completedBy(version);
        return summed != null && summed.equals(version);
    }
}
