package io.ticketmesh.transport.jgroups;

import io.ticketmesh.causality.Origin;
import io.ticketmesh.transport.Transport;
import io.ticketmesh.wire.MessageCodec;
import org.jgroups.util.SocketFactory;

/** The transport over sockets of a test. In this package, because applications have no say in which sockets are opened. */
public final class TroubledTransport {
    private TroubledTransport() {}

    /** As applications get it but for {@code sockets}, which opens those of UDP. */
    public static Transport over(SocketFactory sockets, Origin self, MeshOptions options) {
        MessageCodec codec = new MessageCodec(options.cluster().id());
        Tuning standard = Tuning.STANDARD;
        Tuning troubled = new Tuning(
                standard.joinMillis(),
                standard.mergeMinMillis(),
                standard.mergeMaxMillis(),
                standard.silenceMillis(),
                standard.handshakeMillis(),
                standard.stuckMillis(),
                standard.laneMillis(),
                standard.queueBytes(),
                standard.creditBytes(),
                standard.probe(),
                sockets);
        return new JGroupsTransport(self, options, codec::encode, codec::decode, troubled);
    }
}
