package io.ticketmesh.spring;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.transport.jgroups.MeshOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** The mesh that the settings describe. */
final class ConfiguredMesh {
    private ConfiguredMesh() {}

    /**
     * Lets the node take part in the mesh, if one is named.
     *
     * @throws MeshRefusedException when the settings cannot work
     */
    static void configure(TicketMesh.Builder node, TicketMeshProperties.Mesh settings) {
        String cluster = settings.cluster();
        if (cluster != null) {
            node.mesh(options(cluster, settings));
        }
    }

    private static MeshOptions options(String cluster, TicketMeshProperties.Mesh settings) {
        try {
            InetAddress address = settings.bindAddress() == null ? null : address(settings.bindAddress());
            return MeshOptions.of(
                    cluster,
                    options -> options.secret(settings.secret())
                            .previousSecret(settings.previousSecret())
                            .bindAddress(address)
                            .bindPort(settings.bindPort())
                            .discovery(settings.discovery())
                            .members(settings.members()));
        } catch (IllegalArgumentException refused) {
            throw new MeshRefusedException(String.valueOf(refused.getMessage()), refused);
        }
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException unknown) {
            throw new IllegalArgumentException(
                    "ticketmesh.mesh.bind-address is '" + text + "', which is no address of any host", unknown);
        }
    }
}
