package io.ticketmesh.cluster;

import io.ticketmesh.causality.Origin;
import org.jspecify.annotations.Nullable;

/**
 * How a member is, as this replica sees it.
 *
 * @param member who it is
 * @param self whether it is this replica itself
 * @param active whether its copies count, see {@link Roster#active}
 * @param origin its present run; null when it was not heard of late
 * @param silentMillis how long it has been silent; null when it was not heard of late
 * @param behind how many operations are held here that it is not known to hold
 * @param ahead how many operations it holds that are not here yet
 * @param driftMillis by how much its clock was ahead of this one's; null when unknown
 */
public record MemberStatus(
        Member member,
        boolean self,
        boolean active,
        @Nullable Origin origin,
        @Nullable Long silentMillis,
        long behind,
        long ahead,
        @Nullable Long driftMillis) {
    /** Who is silent for longer cannot be reached: three times what an idle member takes between two messages. */
    public static final long REACHABLE_MILLIS = 15_000;

    /** Whether it was heard within the last fifteen seconds, or is this replica itself. */
    public boolean reachable() {
        return self || silentMillis != null && silentMillis <= REACHABLE_MILLIS;
    }
}
