package io.ticketmesh.search;

import org.jspecify.annotations.Nullable;

/** The search index cannot answer. No ticket is lost, and a retry is safe. */
public class SearchFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public SearchFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
