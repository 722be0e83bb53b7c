package io.ticketmesh.bundle;

/** The node got a part of what it holds as a snapshot, and cannot tell it operation by operation. Nothing was written. */
public class IncompleteNodeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    IncompleteNodeException() {
        super(
                "A part of what this node holds came by snapshot, not as operations; take the bundle from a node that holds them all");
    }
}
