package io.ticketmesh.transport.jgroups;

import org.jgroups.Address;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.UFC;

/**
 * The flow control of JGroups, asked before it is used: who sends only what a member has credits for is never made to wait.
 */
final class UnicastCredits extends UFC {
    UnicastCredits(int maxBytes) {
        setId(ClassConfigurator.getProtocolId(UFC.class));
        setMaxCredits(maxBytes);
        setMinThreshold(0.5);
    }

    /** How many bytes the member takes now; 0 for one that is not in the view. */
    long of(Address member) {
        return getSenderCreditsFor(member);
    }

    /** Asks a member for credits. JGroups does it itself only for a sender that it made to wait. */
    void request(Address member) {
        sendCreditRequest(member, Math.max(0, getMaxCredits() - of(member)));
    }
}
