package io.ticketmesh.blob;

import org.jspecify.annotations.Nullable;

/** Bytes could not be written or read. Nothing was kept; a retry is safe. */
public class BlobFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public BlobFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
