package io.ticketmesh.transport.jgroups;

import io.ticketmesh.causality.Origin;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.replica.Message;
import io.ticketmesh.replica.Outgoing;
import io.ticketmesh.transport.Transport;
import io.ticketmesh.transport.TransportListener;
import io.ticketmesh.transport.TransportStatus;
import io.ticketmesh.wire.MessageCodec;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries messages between machines, over a JGroups channel whose packets are sealed. It finds members, notices who is gone, and
 * sends; that nothing is lost in the end is the work of anti-entropy.
 *
 * <p>{@link #send} encodes in the caller's thread and puts the bytes into a queue of 32 MB. The thread {@code ticketmesh-send}
 * sends what is for all as best-effort multicasts of up to 48 kB, several messages in one, and what is for one member through a
 * lane of its own, as far as the member takes it. When the queue or a lane is full the message is dropped and counted. A hint
 * that is too large for a multicast is sent in parts. An operation that is too large by itself is not: the next digest tells of it.
 *
 * <p>Thread-safe. After a start that failed, and after {@link #close}, nothing is left open.
 */
public final class JGroupsTransport implements Transport {
    private static final Logger LOG = LoggerFactory.getLogger(JGroupsTransport.class);
    private static final long CLOSE_MILLIS = 3_000;
    private static final long CLOSE_HARD_MILLIS = 1_000;
    private static final long SEND_JOIN_MILLIS = 500;

    private final Origin self;
    private final MeshOptions options;
    private final MessageEncoder encoder;
    private final MessageDecoder decoder;
    private final Tuning tuning;
    private final SendQueue queue;
    private final LongAdder refused = new LongAdder();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile @Nullable Running running;

    /** With the messages of this version. Does not connect yet. */
    public JGroupsTransport(Origin self, MeshOptions options) {
        this(self, options, new MessageCodec(options.cluster().id()));
    }

    private JGroupsTransport(Origin self, MeshOptions options, MessageCodec codec) {
        this(self, options, codec::encode, codec::decode);
    }

    /** With messages in any form. Does not connect yet. */
    public JGroupsTransport(Origin self, MeshOptions options, MessageEncoder encoder, MessageDecoder decoder) {
        this(self, options, encoder, decoder, Tuning.STANDARD);
    }

    JGroupsTransport(Origin self, MeshOptions options, MessageEncoder encoder, MessageDecoder decoder, Tuning tuning) {
        this.self = self;
        this.options = options;
        this.encoder = encoder;
        this.decoder = decoder;
        this.tuning = tuning;
        this.queue = new SendQueue(tuning.queueBytes());
    }

    private record Running(Mesh mesh, Reception reception, Dispatch dispatch, Thread sending) {}

    /**
     * Binds and joins. Takes about a second when nobody else is there, and a few at most.
     *
     * @throws MeshUnavailableException when it cannot be bound
     */
    @Override
    public synchronized void start(TransportListener listener) {
        if (running != null || closed.get()) {
            throw new IllegalStateException("A transport is started once");
        }
        Mesh mesh = null;
        try {
            mesh = Mesh.of(options, tuning);
            PeerAddresses peers = new PeerAddresses();
            Reception reception = new Reception(self, decoder, listener, peers, mesh.group());
            mesh.channel().setReceiver(reception).connect("ticketmesh-5.5-" + options.cluster());
            InetSocketAddress bound = checkedAddress(mesh);
            Dispatch dispatch = new Dispatch(queue, mesh.group(), peers, tuning.laneMillis());
            Thread sending = new Thread(this::sendAll, "ticketmesh-send");
            sending.setDaemon(true);
            running = new Running(mesh, reception, dispatch, sending);
            sending.start();
            announce(mesh, bound);
        } catch (Exception e) {
            if (mesh != null) {
                disconnect(mesh);
            }
            throw new MeshUnavailableException(
                    "The mesh cannot be reached from " + options
                            + "; see ticketmesh.mesh.bind-address, bind-port and port-range",
                    e);
        }
    }

    @Override
    public void send(Outgoing outgoing) {
        if (running == null || closed.get()) {
            return;
        }
        try {
            Parcel parcel = new Parcel(outgoing.to(), encoder.encode(self, outgoing.message()));
            if (outgoing.to() == null && outgoing.message() instanceof Message.Hint hint && !Frame.fits(parcel)) {
                sendInParts(hint);
            } else if (!queue.offer(parcel)) {
                refused.increment();
            }
        } catch (RuntimeException e) {
            refused.increment();
            LOG.debug("A message could not be encoded", e);
        }
    }

    private void sendInParts(Message.Hint hint) {
        int half = hint.operations().size() / 2;
        if (half > 0) {
            List<Operation> all = hint.operations();
            send(new Outgoing(null, new Message.Hint(all.subList(0, half), hint.acknowledge())));
            send(new Outgoing(null, new Message.Hint(all.subList(half, all.size()), hint.acknowledge())));
        }
    }

    @Override
    public TransportStatus status() {
        Running now = running;
        if (now == null || closed.get()) {
            return new TransportStatus("closed", "", 0, 0, 0, 0, 0, refused.sum(), 0);
        }
        InetSocketAddress address = now.mesh().boundTo();
        return new TransportStatus(
                now.mesh().kind(),
                address == null ? "" : address.getAddress().getHostAddress(),
                address == null ? 0 : address.getPort(),
                now.mesh().group().members().size(),
                rejected(now.mesh()),
                now.mesh().seal().replayed(),
                now.reception().unreadable(),
                dropped(now),
                queue.bytes());
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        Running last;
        synchronized (this) {
            last = running;
        }
        if (last == null) {
            return;
        }
        last.sending().interrupt();
        join(last.sending(), SEND_JOIN_MILLIS);
        sayBye(last.mesh());
        disconnect(last.mesh());
    }

    /** The body of the send thread. */
    private void sendAll() {
        Complaints complaints = new Complaints(options.cluster());
        while (!closed.get()) {
            Running now = running;
            if (now == null) {
                return;
            }
            try {
                now.dispatch().round();
                SealedSockets sockets = now.mesh().sockets();
                if (sockets != null) {
                    sockets.closeStuck(tuning.stuckMillis());
                }
                complaints.of(
                        rejected(now.mesh()),
                        now.reception().unreadable(),
                        now.reception().lastFailure(),
                        dropped(now));
            } catch (InterruptedException e) {
                LOG.trace("Only close interrupts, which the loop asks", e);
            } catch (RuntimeException e) {
                refused.increment();
                LOG.warn("Messages were not sent; anti-entropy will repeat them", e);
            }
        }
    }

    private static long rejected(Mesh mesh) {
        SealedSockets sockets = mesh.sockets();
        return mesh.seal().rejected() + (sockets == null ? 0 : sockets.refusedConnections());
    }

    private long dropped(Running now) {
        return refused.sum() + now.dispatch().dropped() + now.mesh().group().unsent();
    }

    /** Settings of JGroups in the environment must not lead to another address than the one that was checked. */
    private InetSocketAddress checkedAddress(Mesh mesh) {
        InetSocketAddress bound = mesh.boundTo();
        if (bound == null || !bound.getAddress().equals(options.bindAddress())) {
            throw new IllegalStateException("The channel is bound to " + bound + " instead");
        }
        return bound;
    }

    private void announce(Mesh mesh, InetSocketAddress bound) {
        String where = mesh.kind() + " " + bound.getAddress().getHostAddress() + ":" + bound.getPort() + mesh.note();
        if (options.hasSecret()) {
            LOG.info("Mesh {} by {}, sealed with the secret", options.cluster(), where);
        } else {
            LOG.info(
                    "Mesh {} by {}, on this machine only; set ticketmesh.mesh.secret to reach other machines",
                    options.cluster(),
                    where);
        }
    }

    private void sayBye(Mesh mesh) {
        try {
            Parcel bye = new Parcel(null, encoder.encode(self, new Message.Bye()));
            mesh.group().broadcast(Frame.ofParcels(List.of(bye)));
        } catch (RuntimeException e) {
            LOG.debug("The others will notice by themselves that this node left", e);
        }
    }

    /** In a thread of its own, because a connection to a member that does not read can hold it up. */
    private static void disconnect(Mesh mesh) {
        Thread closing = new Thread(() -> mesh.channel().close(), "ticketmesh-close");
        closing.setDaemon(true);
        closing.start();
        SealedSockets sockets = mesh.sockets();
        if (!join(closing, CLOSE_MILLIS) && sockets != null) {
            sockets.closeAll();
        }
        if (!join(closing, CLOSE_HARD_MILLIS)) {
            LOG.warn("The channel does not close within {} s", TimeUnit.MILLISECONDS.toSeconds(CLOSE_MILLIS));
        }
        if (sockets != null) {
            sockets.closeAll();
        }
    }

    private static boolean join(Thread thread, long millis) {
        boolean interrupted = Thread.interrupted();
        try {
            thread.join(millis);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }
}
