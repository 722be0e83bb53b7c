package io.ticketmesh.transport.jgroups;

import org.jgroups.util.DefaultSocketFactory;
import org.jgroups.util.SocketFactory;

/**
 * Times and sizes that nobody should have to set; tests shorten them.
 *
 * @param joinMillis how long a start waits for answers of others; a start without others takes as long
 * @param mergeMinMillis how often at most a member announces its group
 * @param mergeMaxMillis how often at least
 * @param silenceMillis after how much silence a member is suspected
 * @param handshakeMillis how long a connection may take to prove that it is of the mesh
 * @param stuckMillis how long one write to a connection may take before it is closed
 * @param laneMillis how long a message waits for a member that takes nothing
 * @param queueBytes how many bytes may wait to be sent
 * @param creditBytes how many bytes may be under way to one member; more than the receive buffer that systems give to a
 *     socket would be lost in it, and sent again half a second later
 * @param probe whether multicasts work
 * @param datagramSockets opens the sockets of UDP; tests give some that lose what they receive
 */
record Tuning(
        long joinMillis,
        long mergeMinMillis,
        long mergeMaxMillis,
        long silenceMillis,
        int handshakeMillis,
        long stuckMillis,
        long laneMillis,
        long queueBytes,
        int creditBytes,
        MulticastProbe probe,
        SocketFactory datagramSockets) {
    static final Tuning STANDARD = new Tuning(
            1_000,
            1_000,
            5_000,
            12_000,
            1_000,
            5_000,
            5_000,
            32 << 20,
            256 << 10,
            MulticastProbe.within(500),
            new DefaultSocketFactory());
}
