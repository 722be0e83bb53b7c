package io.ticketmesh.cluster;

import java.util.Locale;

/** How many active members of the roster must hold a write on disk before it is answered; the node that took it is one of them. */
public enum Acknowledgement {
    /** This node. */
    LOCAL,
    /** One more, whichever. */
    ONE,
    /** More than half of the roster. */
    MAJORITY,
    /** The whole roster. */
    ALL;

    /** How many copies that takes, when {@code members} nodes are active. */
    public int copies(int members) {
        return switch (this) {
            case LOCAL -> 1;
            case ONE -> 2;
            case MAJORITY -> members / 2 + 1;
            case ALL -> Math.max(1, members);
        };
    }

    /** The name in lower case, as it is written in requests. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
