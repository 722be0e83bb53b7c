package io.ticketmesh.transport.jgroups;

import java.util.List;
import org.jgroups.Address;

/** The group as the send thread uses it. None of its calls waits for a member, and none throws. */
interface Group {
    /** The other members in view. */
    List<Address> others();

    /** Best effort, to all who listen; at most {@link Frame#MAX_BYTES}. */
    void broadcast(byte[] frame);

    /** Best effort, to one who need not be in view. */
    void whisper(Address target, byte[] frame);

    /** In order and without loss for as long as the member is in view; within its {@link #credits}. */
    void deliver(Address member, byte[] frame);

    /** How many bytes the member takes now; 0 for one that is not in view. */
    long credits(Address member);

    void requestCredits(Address member);
}
