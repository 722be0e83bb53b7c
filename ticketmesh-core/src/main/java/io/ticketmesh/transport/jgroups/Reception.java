package io.ticketmesh.transport.jgroups;

import io.ticketmesh.causality.Origin;
import io.ticketmesh.replica.Incoming;
import io.ticketmesh.transport.TransportListener;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jgroups.Address;
import org.jgroups.Message;
import org.jgroups.Receiver;
import org.jgroups.View;
import org.jspecify.annotations.Nullable;

/** Decodes what comes and tells the listener. Called by threads of JGroups, several at a time; keeps failures from them. */
final class Reception implements Receiver {
    private final Origin self;
    private final MessageDecoder decoder;
    private final TransportListener listener;
    private final PeerAddresses peers;
    private final ChannelGroup group;
    private final Pieces pieces = new Pieces();
    private final LongAdder unreadable = new LongAdder();
    private volatile @Nullable RuntimeException lastFailure;

    Reception(
            Origin self, MessageDecoder decoder, TransportListener listener, PeerAddresses peers, ChannelGroup group) {
        this.self = self;
        this.decoder = decoder;
        this.listener = listener;
        this.peers = peers;
        this.group = group;
    }

    /** How many messages could not be decoded, or made the listener fail. */
    long unreadable() {
        return unreadable.sum();
    }

    /** What went wrong last. */
    @Nullable
    RuntimeException lastFailure() {
        return lastFailure;
    }

    @Override
    public void receive(Message message) {
        Address source = message.getSrc();
        byte[] bytes = message.getArray();
        if (source == null || bytes == null) {
            return;
        }
        try {
            Frame.read(bytes, message.getOffset(), message.getLength(), new From(source));
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void viewAccepted(View view) {
        List<Address> left = group.changeTo(view);
        peers.forget(left);
        pieces.retain(group.members());
        try {
            listener.groupChanged(view.size());
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void failed(RuntimeException failure) {
        unreadable.increment();
        lastFailure = failure;
    }

    /** Reads the frames of one sender. */
    private final class From implements Frame.Reader {
        private final Address source;

        From(Address source) {
            this.source = source;
        }

        @Override
        public void parcel(@Nullable Origin target, byte[] bytes, int offset, int length) {
            if (target == null || target.equals(self)) {
                deliver(bytes, offset, length);
            }
        }

        @Override
        public void piece(Frame.Piece piece) {
            byte[] whole = pieces.add(source, piece);
            if (whole != null) {
                deliver(whole, 0, whole.length);
            }
        }

        /** One that cannot be read does not hold up those beside it. */
        private void deliver(byte[] bytes, int offset, int length) {
            try {
                Incoming incoming = decoder.decode(bytes, offset, length);
                if (incoming != null && !incoming.from().equals(self)) {
                    peers.learn(incoming.from(), source);
                    listener.received(incoming.from(), incoming.message());
                }
            } catch (RuntimeException e) {
                failed(e);
            }
        }
    }
}
