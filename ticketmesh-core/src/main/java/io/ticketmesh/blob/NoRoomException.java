package io.ticketmesh.blob;

import org.jspecify.annotations.Nullable;

/** There is no room for bytes: the disk is full, or as full as it may get. Nothing was kept; a retry is safe. */
public class NoRoomException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public NoRoomException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
