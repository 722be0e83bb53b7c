package io.ticketmesh.benchmark;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jgroups.BytesMessage;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.Receiver;
import org.jgroups.protocols.FRAG4;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.MFC;
import org.jgroups.protocols.PING;
import org.jgroups.protocols.UDP;
import org.jgroups.protocols.UFC;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.protocols.pbcast.STABLE;
import org.jgroups.stack.Protocol;

/** The limit: JGroups alone. It carries the bytes of a ticket, reliably and in order, and nobody keeps, seals or reads them. */
final class ChannelGroup implements Group {
    /** What many systems give to a socket at most is little more, and what is lost in it is sent again half a second later. */
    private static final int CREDIT_BYTES = 100_000;

    private static final int RECEIVE_BUFFER_BYTES = 8 << 20;

    private final List<JChannel> channels = new ArrayList<>();
    private final byte[] bytes;
    private final Arrivals arrivals;

    ChannelGroup(int size, String cluster, byte[] bytes) throws Exception {
        this.bytes = bytes;
        arrivals = new Arrivals(size - 1);
        for (int node = 0; node < size; node++) {
            JChannel channel = new JChannel(stack(InetAddress.getByName("127.0.0.1")));
            channels.add(channel);
            if (node > 0) {
                channel.setReceiver(new Ear(arrivals, node - 1));
            }
            channel.connect(cluster);
        }
        Quiet.until(
                "all channels see each other",
                () -> channels.stream().allMatch(channel -> channel.getView().size() == size));
    }

    private static List<Protocol> stack(InetAddress loopback) throws Exception {
        UDP udp = new UDP();
        udp.setMcastGroupAddr(InetAddress.getByName("239.193.7.81"))
                .setIpTTL(1)
                .setMcastRecvBufSize(RECEIVE_BUFFER_BYTES)
                .setUcastRecvBufSize(RECEIVE_BUFFER_BYTES);
        udp.setMulticastPort(47_810);
        udp.setBindAddr(loopback);
        return List.of(
                udp,
                new PING(),
                new MERGE3(),
                new NAKACK2(),
                new UNICAST3(),
                new STABLE(),
                new GMS().setJoinTimeout(1_000).printLocalAddress(false),
                new UFC().setMaxCredits(CREDIT_BYTES),
                new MFC().setMaxCredits(CREDIT_BYTES),
                new FRAG4());
    }

    private record Ear(Arrivals arrivals, int node) implements Receiver {
        @Override
        public void receive(Message message) {
            arrivals.heard(node);
        }
    }

    @Override
    public String name() {
        return "JGroups alone, nothing kept";
    }

    @Override
    public void write() throws Exception {
        channels.get(0).send(new BytesMessage(null, bytes).setFlag(Message.TransientFlag.DONT_LOOPBACK));
    }

    @Override
    public Arrivals arrivals() {
        return arrivals;
    }

    @Override
    public void close() {
        channels.forEach(JChannel::close);
    }
}
