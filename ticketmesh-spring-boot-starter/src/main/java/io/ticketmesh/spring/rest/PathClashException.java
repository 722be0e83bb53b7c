package io.ticketmesh.spring.rest;

/** The application answers a path that the node would answer too. */
final class PathClashException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String setting;

    PathClashException(String pattern, String owner, String setting) {
        super("The application maps '" + pattern + "' (" + owner + "), and TicketMesh answers that path too");
        this.setting = setting;
    }

    /** The setting that moves TicketMesh's paths away. */
    String setting() {
        return setting;
    }
}
