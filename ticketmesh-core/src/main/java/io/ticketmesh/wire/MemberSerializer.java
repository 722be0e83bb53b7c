package io.ticketmesh.wire;

import com.esotericsoftware.kryo.Kryo;
import io.ticketmesh.causality.NodeId;
import io.ticketmesh.cluster.Member;

/** The form of what is known of a node that belongs to the mesh. */
final class MemberSerializer extends RecordSerializer<Member> {
    private static final int NODE = 1;
    private static final int NAME = 2;
    private static final int WIRE = 3;
    private static final int HEARD = 4;
    private static final int RETIRED = 5;

    MemberSerializer() {
        super(WireIds.MEMBER);
    }

    @Override
    int lastTag() {
        return RETIRED;
    }

    @Override
    void writeFields(Kryo kryo, WireOutput output, Member member) {
        output.open(NODE);
        output.nodeId(member.node());
        output.closeFrame();
        output.textField(NAME, member.name());
        output.open(WIRE);
        output.unsigned(member.wire());
        output.closeFrame();
        output.open(HEARD);
        output.unsigned(member.heardAtMillis());
        output.closeFrame();
        output.open(RETIRED);
        output.unsigned(member.retiredAtMillis());
        output.closeFrame();
    }

    @Override
    Member readFields(Kryo kryo, WireInput input) {
        input.openRequired(NODE, "node");
        NodeId node = input.nodeId();
        input.closeFrame();
        String name = input.textField(NAME, "name");
        input.openRequired(WIRE, "wire");
        int wire = input.number(Integer.MAX_VALUE);
        input.closeFrame();
        input.openRequired(HEARD, "heard at");
        long heardAtMillis = input.unsigned();
        input.closeFrame();
        input.openRequired(RETIRED, "retired at");
        long retiredAtMillis = input.unsigned();
        input.closeFrame();
        return new Member(node, name, wire, heardAtMillis, retiredAtMillis);
    }
}
