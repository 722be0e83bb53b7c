package io.ticketmesh.spring;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.registry.RegistryOptions;
import io.ticketmesh.transport.jgroups.MeshOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.UnaryOperator;

/** The mesh that the settings describe, and how it is found. */
final class ConfiguredMesh {
    private ConfiguredMesh() {}

    /**
     * Lets the node take part in the mesh, if one is named.
     *
     * @throws MeshRefusedException when the settings cannot work
     */
    static void configure(TicketMesh.Builder node, TicketMeshProperties settings) {
        UnaryOperator<RegistryOptions.Builder> registry = options -> registry(options, settings.registry());
        String cluster = settings.mesh().cluster();
        if (cluster != null) {
            node.mesh(options(cluster, settings.mesh()));
            requireGood(cluster, registry);
        }
        node.registry(registry).embeddedRegistry(settings.registry().enabled());
    }

    private static RegistryOptions.Builder registry(
            RegistryOptions.Builder options, TicketMeshProperties.Registry settings) {
        options.port(settings.port())
                .portRange(settings.portRange())
                .registries(settings.addresses())
                .packetsPerSecond(settings.packetsPerSecond());
        Boolean multicast = settings.multicast();
        return multicast == null ? options : options.multicast(multicast);
    }

    /** All but the addresses was looked at when the settings were read. */
    private static void requireGood(String cluster, UnaryOperator<RegistryOptions.Builder> registry) {
        try {
            RegistryOptions unused = RegistryOptions.of(cluster, registry);
        } catch (IllegalArgumentException refused) {
            throw new MeshRefusedException("ticketmesh.registry.addresses: " + refused.getMessage(), refused);
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
