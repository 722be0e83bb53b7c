package io.ticketmesh.cluster;

import io.ticketmesh.causality.NodeId;

/**
 * A node that belongs to the mesh, as somebody last knew it.
 *
 * @param name for people: where it runs; at most {@link #MAX_NAME_CHARS} characters, may be empty
 * @param wire the newest form of messages and changes that it can read
 * @param heardAtMillis when it was last heard by anybody, milliseconds since 1970
 * @param retiredAtMillis when somebody took it out of the mesh; 0 when nobody did. It is back as soon as it is heard later
 */
public record Member(NodeId node, String name, int wire, long heardAtMillis, long retiredAtMillis) {
    /** The most characters (UTF-16 units) of a name. */
    public static final int MAX_NAME_CHARS = 128;

    public Member {
        if (name.length() > MAX_NAME_CHARS) {
            throw new IllegalArgumentException(
                    "The name of a member has " + name.length() + " characters, at most " + MAX_NAME_CHARS);
        }
        if (wire < 0 || heardAtMillis < 0 || retiredAtMillis < 0) {
            throw new IllegalArgumentException("A member's version and times must not be negative");
        }
    }

    /** What two know of the same node: the later hearing says its name and version. */
    Member merge(Member other) {
        Member later = compareHearing(other) >= 0 ? this : other;
        return new Member(
                node, later.name, later.wire, later.heardAtMillis, Math.max(retiredAtMillis, other.retiredAtMillis));
    }

    private int compareHearing(Member other) {
        int byTime = Long.compare(heardAtMillis, other.heardAtMillis);
        int byWire = byTime != 0 ? byTime : Integer.compare(wire, other.wire);
        return byWire != 0 ? byWire : name.compareTo(other.name);
    }

    /** As it is known with a clock that says {@code nowMillis}: nobody was heard later than now. */
    Member notAfter(long nowMillis) {
        return heardAtMillis <= nowMillis && retiredAtMillis <= nowMillis
                ? this
                : new Member(
                        node, name, wire, Math.min(heardAtMillis, nowMillis), Math.min(retiredAtMillis, nowMillis));
    }

    /** As it is known to a clock that is behind the one that noted its times. */
    Member setBack(long leadMillis) {
        return leadMillis <= 0
                ? this
                : new Member(
                        node,
                        name,
                        wire,
                        Math.max(0, heardAtMillis - leadMillis),
                        Math.max(0, retiredAtMillis - leadMillis));
    }

    boolean isForgotten(long nowMillis) {
        return nowMillis - heardAtMillis >= Roster.FORGOTTEN_AFTER_MILLIS;
    }

    boolean isActive(long nowMillis) {
        return heardAtMillis > retiredAtMillis && nowMillis - heardAtMillis < Roster.RETIRED_AFTER_MILLIS;
    }
}
