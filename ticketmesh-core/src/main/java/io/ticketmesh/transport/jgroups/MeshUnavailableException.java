package io.ticketmesh.transport.jgroups;

/** The node cannot take part in the mesh: an address or all ports are taken, or not of this machine. Nothing was left open. */
public final class MeshUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    MeshUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
