package io.ticketmesh.registry;

/**
 * A packet with what its header says.
 *
 * @param request chosen by who asks; the answer repeats it
 * @param session the session of a server at a registry; 0 when there is none
 * @param counter grows with every packet of a session, from 1; 0 without session
 */
record Datagram(long request, long session, long counter, Packet packet) {
    /** The largest, so that none is cut into pieces on its way. */
    static final int MAX_BYTES = 1_200;

    static final int MAGIC = 0x544D_5247;
    static final int VERSION = 1;

    static final int VERSION_AT = 4;
    static final int TYPE_AT = 5;
    static final int FLAGS_AT = 6;
    static final int LENGTH_AT = 8;
    static final int CLUSTER_AT = 10;
    static final int REQUEST_AT = 18;
    static final int SESSION_AT = 26;
    static final int COUNTER_AT = 34;
    static final int KEY_AT = 42;
    static final int BODY_AT = 46;

    /** One without session. */
    static Datagram of(long request, Packet packet) {
        return new Datagram(request, 0, 0, packet);
    }
}
