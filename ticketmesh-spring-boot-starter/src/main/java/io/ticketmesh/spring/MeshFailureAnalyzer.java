package io.ticketmesh.spring;

import io.ticketmesh.registry.RegistryUnavailableException;
import io.ticketmesh.transport.jgroups.MeshUnavailableException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to do when the node cannot take part in its mesh, or registries cannot be asked. */
final class MeshFailureAnalyzer extends AbstractFailureAnalyzer<RuntimeException> {
    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MeshRefusedException refused) {
                return new FailureAnalysis(
                        String.valueOf(refused.getMessage()),
                        "Change the settings below ticketmesh.mesh and ticketmesh.registry, or leave ticketmesh.mesh.cluster out to run a single node.",
                        refused);
            } else if (cause instanceof MeshUnavailableException unavailable) {
                return new FailureAnalysis(
                        unavailable.getMessage() + reasonOf(unavailable),
                        "Set ticketmesh.mesh.bind-address to an address of this machine, and ticketmesh.mesh.bind-port to a free port.",
                        unavailable);
            } else if (cause instanceof RegistryUnavailableException unavailable) {
                return new FailureAnalysis(
                        unavailable.getMessage() + reasonOf(unavailable),
                        "Set ticketmesh.mesh.bind-address, or ticketmesh.client.bind-address of a client, to an address of this machine, and look whether"
                                + " the application may open UDP sockets.",
                        unavailable);
            }
        }
        return null;
    }

    private static String reasonOf(RuntimeException unavailable) {
        return unavailable.getCause() == null
                ? ""
                : ": " + unavailable.getCause().getMessage();
    }
}
