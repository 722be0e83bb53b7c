package io.ticketmesh.spring;

/** The settings of the mesh cannot work. */
final class MeshRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    MeshRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
