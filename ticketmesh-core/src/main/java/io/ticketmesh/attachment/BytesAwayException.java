package io.ticketmesh.attachment;

import io.ticketmesh.ticket.ContentHash;

/** The bytes of an attachment are not on this node, and did not come from another one in time. A retry may succeed. */
public class BytesAwayException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BytesAwayException(ContentHash hash) {
        super("The bytes " + hash + " are not on this node, and no other one has sent them in time");
    }
}
