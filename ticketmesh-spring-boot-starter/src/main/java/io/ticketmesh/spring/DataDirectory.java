package io.ticketmesh.spring;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.registry.RegistryUnavailableException;
import io.ticketmesh.transport.jgroups.MeshUnavailableException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the application's tickets are.
 *
 * @param path null for memory only
 */
record DataDirectory(@Nullable Path path) {
    private static final String PARENT = "ticketmesh";
    private static final String NAMELESS = "application";

    static DataDirectory of(TicketMeshProperties settings, String application) {
        if (settings.storage() == TicketMeshProperties.Storage.MEMORY) {
            return new DataDirectory(null);
        }
        Path set = settings.dataDir();
        return new DataDirectory(set == null ? Path.of(PARENT, fileName(application)) : set);
    }

    /** A name that every file system takes, and that leads nowhere else. */
    private static String fileName(String application) {
        String name = application.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[.-]+", "");
        return name.isEmpty() ? NAMELESS : name;
    }

    /**
     * Opens the node.
     *
     * @throws DirectoryUnusableException when the directory cannot be used
     */
    TicketMesh open(TicketMesh.Builder node) {
        if (path == null) {
            return node.open();
        }
        try {
            return node.open();
        } catch (MeshUnavailableException | RegistryUnavailableException network) {
            throw network;
        } catch (RuntimeException failed) {
            throw new DirectoryUnusableException(path.toAbsolutePath(), failed);
        }
    }
}
