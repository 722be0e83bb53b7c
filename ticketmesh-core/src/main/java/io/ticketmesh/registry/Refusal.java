package io.ticketmesh.registry;

import org.jspecify.annotations.Nullable;

/** Why a registry does not do what it was asked to. The number is on the wire. */
enum Refusal {
    /** Say hello and register again: the session, or the cookie, is not known any more. */
    UNKNOWN_SESSION(1),
    /** It does not speak this version. */
    BAD_VERSION(2),
    /** Too many packets came from this address; ask again later. */
    BUSY(3),
    /** It has no room for one more. */
    LIMIT(4),
    /** A newer run of the same server is registered. */
    SUPERSEDED(5);

    private static final Refusal[] ALL = values();

    final int number;

    Refusal(int number) {
        this.number = number;
    }

    static @Nullable Refusal of(int number) {
        for (Refusal refusal : ALL) {
            if (refusal.number == number) {
                return refusal;
            }
        }
        return null;
    }
}
