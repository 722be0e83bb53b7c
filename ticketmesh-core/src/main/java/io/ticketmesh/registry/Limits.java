package io.ticketmesh.registry;

/**
 * How much a registry holds at most.
 *
 * @param instances leases that run; as many again that ended are remembered
 * @param instancesPerAddress leases of one address
 * @param watchers clients that wait to hear of a change
 * @param packetsPerSecond of one address, besides what belongs to sessions
 */
record Limits(int instances, int instancesPerAddress, int watchers, int packetsPerSecond) {
    static final Limits STANDARD = new Limits(10_000, 64, 2_000, 200);

    Limits withPacketsPerSecond(int value) {
        return new Limits(instances, instancesPerAddress, watchers, value);
    }
}
