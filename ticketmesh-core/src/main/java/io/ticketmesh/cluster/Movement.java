package io.ticketmesh.cluster;

import io.ticketmesh.causality.NodeId;
import java.util.Locale;

/**
 * That a member came or went, as one replica noticed it.
 *
 * @param node the member
 * @param kind what it did
 * @param millisAgo how long ago that was noticed
 */
public record Movement(NodeId node, Kind kind, long millisAgo) {
    /** Coming or going. */
    public enum Kind {
        /** Heard for the first time since this replica started. */
        JOINED,
        /** Heard again after it was lost or had left. */
        RETURNED,
        /** Not heard for {@link MemberStatus#REACHABLE_MILLIS}. */
        LOST,
        /** It said that it stops. */
        LEFT;

        /** The name in lower case, as it is written in answers. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
