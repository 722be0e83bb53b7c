package io.ticketmesh.erasure;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.VersionVector;
import java.time.Instant;
import java.util.Set;

/**
 * How far an erasure is, as one node knows it. Immutable.
 *
 * @param id under which it is found on every node
 * @param pseudonym what is shown in place of the name
 * @param by who wanted it, as he is shown
 * @param at when
 * @param finished whether all that was found on the node that carried it out was taken away; false while it is under way, and for ever
 *     when that node was stopped meanwhile: do it again then
 * @param tickets how many tickets were redacted or purged
 * @param comments how many comments were redacted
 * @param names in how many tickets the name was replaced
 * @param made what a node that has carried it out holds; empty until it is finished
 * @param confirmed the members that are known to hold that on disk
 * @param unconfirmed the other members that belong to the mesh
 */
public record Erasure(
        String id,
        ErasureMode mode,
        String pseudonym,
        String by,
        Instant at,
        boolean finished,
        long tickets,
        long comments,
        long names,
        VersionVector made,
        Set<NodeId> confirmed,
        Set<NodeId> unconfirmed) {
    public Erasure {
        confirmed = Set.copyOf(confirmed);
        unconfirmed = Set.copyOf(unconfirmed);
    }

    /** Whether all members of the mesh have carried it out. */
    public boolean isComplete() {
        return finished && unconfirmed.isEmpty();
    }

    Erasure counting(long tickets, long comments, long names) {
        return new Erasure(
                id, mode, pseudonym, by, at, finished, tickets, comments, names, made, confirmed, unconfirmed);
    }

    Erasure finishedWith(VersionVector made) {
        return new Erasure(id, mode, pseudonym, by, at, true, tickets, comments, names, made, confirmed, unconfirmed);
    }

    Erasure by(String shown) {
        return new Erasure(
                id, mode, pseudonym, shown, at, finished, tickets, comments, names, made, confirmed, unconfirmed);
    }

    Erasure heldBy(Set<NodeId> confirmed, Set<NodeId> unconfirmed) {
        return new Erasure(
                id, mode, pseudonym, by, at, finished, tickets, comments, names, made, confirmed, unconfirmed);
    }
}
