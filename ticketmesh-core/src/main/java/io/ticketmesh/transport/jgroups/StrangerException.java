package io.ticketmesh.transport.jgroups;

import java.io.IOException;

/** The other end of a connection sent what does not open; the seal has counted it. */
final class StrangerException extends IOException {
    private static final long serialVersionUID = 1;

    StrangerException() {
        super("The other end is not of this mesh");
    }
}
