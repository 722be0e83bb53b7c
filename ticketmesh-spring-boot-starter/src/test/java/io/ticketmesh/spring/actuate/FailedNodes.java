package io.ticketmesh.spring.actuate;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.replica.Outgoing;
import io.ticketmesh.spring.Waiting;
import io.ticketmesh.transport.Transport;
import io.ticketmesh.transport.TransportListener;

/** Nodes that cannot do their work. */
final class FailedNodes {
    private FailedNodes() {}

    /** A node that was closed. */
    static TicketMesh closed() {
        TicketMesh mesh = TicketMesh.builder().open();
        mesh.close();
        return mesh;
    }

    /** A node whose replica thread ended with an error. */
    static TicketMesh failed() {
        TicketMesh mesh =
                TicketMesh.builder().transport(origin -> new Explosive()).open();
        Waiting.until(() -> mesh.refusal() != null);
        return mesh;
    }

    private static final class Explosive implements Transport {
        private volatile boolean started;

        @Override
        public void start(TransportListener listener) {
            started = true;
        }

        @Override
        public void send(Outgoing message) {
            if (started) {
                throw new AssertionError("on purpose");
            }
        }

        @Override
        public void close() {}
    }
}
