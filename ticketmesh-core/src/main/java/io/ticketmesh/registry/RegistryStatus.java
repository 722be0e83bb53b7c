package io.ticketmesh.registry;

import java.util.List;

/**
 * How a registry does, for people and gauges. Counts are since its start.
 *
 * @param address the address that it is bound to, without port
 * @param port the port that it is bound to
 * @param instances how many servers are registered
 * @param listed the first {@value #MOST_LISTED} of them, a moment old
 * @param packetsRejected packets that were not of this cluster or did not have its secret; they got no answer
 * @param packetsReplayed packets that came before; they got no answer either
 * @param packetsLimited packets beyond what one address may send
 * @param packetsUnsent answers that could not be sent
 */
public record RegistryStatus(
        String address,
        int port,
        int instances,
        List<Listed> listed,
        long packetsRejected,
        long packetsReplayed,
        long packetsLimited,
        long packetsUnsent) {
    /** More servers are only counted. */
    public static final int MOST_LISTED = 100;

    public RegistryStatus {
        listed = List.copyOf(listed);
    }

    /**
     * A server that is registered.
     *
     * @param late whether its renewals are overdue
     */
    public record Listed(Instance instance, boolean late) {}
}
