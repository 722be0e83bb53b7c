package io.ticketmesh.spring;

/** The application has a version of Spring Boot that the starter does not know. */
final class UnsupportedSpringBootException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnsupportedSpringBootException(String version) {
        super("The application runs Spring Boot " + version + ", and TicketMesh " + TicketMeshVersion.text()
                + " needs 3.5 or 4");
    }
}
