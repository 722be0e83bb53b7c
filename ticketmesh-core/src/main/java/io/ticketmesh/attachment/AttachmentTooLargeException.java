package io.ticketmesh.attachment;

/** The bytes are more than one attachment may have. Nothing was kept. */
public class AttachmentTooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final long maxBytes;

    AttachmentTooLargeException(long maxBytes) {
        super("The attachment has more than " + maxBytes + " bytes");
        this.maxBytes = maxBytes;
    }

    /** How many it may have. */
    public long maxBytes() {
        return maxBytes;
    }
}
