package io.ticketmesh.transport.jgroups;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.Message.Flag;
import org.jgroups.Message.TransientFlag;
import org.jgroups.View;
import org.jspecify.annotations.Nullable;

/** The group behind a channel of JGroups. Any thread may read, one sends. */
final class ChannelGroup implements Group {
    private final JChannel channel;
    private final UnicastCredits credits;
    private final boolean multicasts;
    private final LongAdder unsent = new LongAdder();
    private volatile List<Address> members = List.of();
    private volatile List<Address> others = List.of();

    /** @param multicasts whether one packet reaches all, as over UDP */
    ChannelGroup(JChannel channel, UnicastCredits credits, boolean multicasts) {
        this.channel = channel;
        this.credits = credits;
        this.multicasts = multicasts;
    }

    /** Takes the new view; returns who was in the one before and is not in it. */
    List<Address> changeTo(View view) {
        List<Address> before = members;
        Address self = channel.getAddress();
        members = List.copyOf(view.getMembers());
        others = members.stream().filter(member -> !member.equals(self)).toList();
        return before.stream().filter(member -> !members.contains(member)).toList();
    }

    List<Address> members() {
        return members;
    }

    /** How many frames JGroups did not take. */
    long unsent() {
        return unsent.sum();
    }

    @Override
    public List<Address> others() {
        return others;
    }

    /** Over TCP one message for each member, because one for all would wait for each connection in turn. */
    @Override
    public void broadcast(byte[] frame) {
        if (multicasts) {
            send(bestEffort(null, frame));
        } else {
            others.forEach(member -> whisper(member, frame));
        }
    }

    @Override
    public void whisper(Address target, byte[] frame) {
        send(bestEffort(target, frame));
    }

    @Override
    public void deliver(Address member, byte[] frame) {
        send(new BytesMessage(member, frame).setFlag(TransientFlag.DONT_BLOCK));
    }

    @Override
    public long credits(Address member) {
        return credits.of(member);
    }

    @Override
    public void requestCredits(Address member) {
        credits.request(member);
    }

    private static Message bestEffort(@Nullable Address target, byte[] frame) {
        return new BytesMessage(target, frame)
                .setFlag(Flag.OOB, Flag.NO_RELIABILITY, Flag.NO_FC)
                .setFlag(TransientFlag.DONT_BLOCK, TransientFlag.DONT_LOOPBACK);
    }

    private void send(Message message) {
        try {
            channel.send(message);
        } catch (Exception e) {
            // The channel is about to close, or not open yet; what was in it is repeated by anti-entropy.
            unsent.increment();
        }
    }
}
