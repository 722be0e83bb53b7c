package io.ticketmesh.registry;

/** A registry, or who uses one, could not be started: the text says which address or port, and what to set. */
public final class RegistryUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
