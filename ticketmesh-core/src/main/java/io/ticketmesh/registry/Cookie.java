package io.ticketmesh.registry;

/**
 * What a registry gave to an address, to be shown again: proof that what is sent to that address arrives there.
 *
 * @param issue which cookie of this registry it is; grows
 * @param session the session that a registration with it begins
 * @param proofHigh with {@code proofLow}, what only the registry could have made
 */
record Cookie(long issue, long session, long proofHigh, long proofLow) {
    static final int BYTES = 4 * Long.BYTES;
}
