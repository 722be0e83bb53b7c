package io.ticketmesh.spring.cloud;

import org.springframework.core.env.Environment;

/** Under which name Spring Cloud knows the servers of the mesh. */
final class ServiceId {
    private ServiceId() {}

    /** Empty when no mesh is set. */
    static String of(Environment environment) {
        String cluster = text(environment, "ticketmesh.client.cluster");
        if (cluster.isEmpty() && environment.getProperty("ticketmesh.enabled", Boolean.class, true)) {
            cluster = text(environment, "ticketmesh.mesh.cluster");
        }
        String set = text(environment, "ticketmesh.client.service-id");
        return cluster.isEmpty() || set.isEmpty() ? cluster : set;
    }

    private static String text(Environment environment, String property) {
        return environment.getProperty(property, "").strip();
    }
}
