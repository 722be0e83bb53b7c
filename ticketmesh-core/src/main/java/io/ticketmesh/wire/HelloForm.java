package io.ticketmesh.wire;

import com.esotericsoftware.kryo.Kryo;
import io.ticketmesh.causality.NodeId;
import io.ticketmesh.cluster.Member;
import io.ticketmesh.cluster.Roster;
import io.ticketmesh.replica.Message;
import java.util.List;

/** The form of the message that tells who the sender is. */
final class HelloForm extends MessageForm<Message.Hello> {
    private static final int SELF = 1;
    private static final int ROSTER = 2;
    private static final int WALL = 3;

    HelloForm() {
        super(MessageTypes.HELLO, Message.Hello.class);
    }

    @Override
    int lastTag() {
        return WALL;
    }

    @Override
    void writeFields(Kryo kryo, WireOutput output, Message.Hello message) {
        InnerRecords.write(kryo, output, SELF, message.self());
        InnerRecords.writeAll(kryo, output, ROSTER, message.roster().members());
        output.open(WALL);
        output.signed(message.wallMillis());
        output.closeFrame();
    }

    @Override
    Message.Hello readFields(Kryo kryo, WireInput input) {
        Member self = InnerRecords.read(kryo, input, SELF, "self", Member.class);
        List<Member> members = InnerRecords.readAll(kryo, input, ROSTER, Member.class);
        requireRising(input, members);
        input.openRequired(WALL, "wall");
        long wallMillis = input.signed();
        input.closeFrame();
        return new Message.Hello(self, Roster.of(members), wallMillis);
    }

    private static void requireRising(WireInput input, List<Member> members) {
        NodeId last = null;
        for (Member member : members) {
            if (last != null && member.node().compareTo(last) <= 0) {
                throw input.malformed("Node " + member.node() + " comes after " + last);
            }
            last = member.node();
        }
    }
}
