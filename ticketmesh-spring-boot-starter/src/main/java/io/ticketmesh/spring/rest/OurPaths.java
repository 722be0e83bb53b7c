package io.ticketmesh.spring.rest;

import io.ticketmesh.spring.TicketMeshProperties;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/** The paths that belong to the node, as settings name them: all below its two roots. */
record OurPaths(String tickets, String system) {
    static OurPaths of(TicketMeshProperties settings) {
        return new OurPaths(settings.rest().path(), settings.systemPath());
    }

    List<String> roots() {
        return List.of(tickets, system);
    }

    /** Whether a path or a pattern of paths, without what the application puts in front, leads below one of the roots. */
    boolean own(String path) {
        return roots().stream().anyMatch(root -> path.equals(root) || path.startsWith(root + "/"));
    }

    boolean own(HttpServletRequest request) {
        String info = request.getPathInfo();
        return own(info == null ? request.getServletPath() : info);
    }

    /** The setting that moves the root which that path leads below. */
    String settingOf(String path) {
        return path.equals(tickets) || path.startsWith(tickets + "/")
                ? "ticketmesh.rest.path"
                : "ticketmesh.system-path";
    }
}
