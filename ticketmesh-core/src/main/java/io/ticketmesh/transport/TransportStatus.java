package io.ticketmesh.transport;

/**
 * How a transport does, for people and gauges. Counts are since its start.
 *
 * @param kind {@code "udp"}, {@code "tcp"}, or {@code "memory"} within one process
 * @param address the address that it is bound to, without port; empty when it has none
 * @param port the port that it is bound to; 0 when it has none
 * @param members how many members the group has now, this one included
 * @param packetsRejected packets and connections that did not open: another secret, another cluster, strangers
 * @param packetsReplayed packets that had been opened before
 * @param messagesUnreadable messages of members that could not be decoded, or whose listener failed
 * @param messagesDropped messages that were not sent, because a queue was full or no address known
 * @param queueBytes bytes that wait to be sent
 */
public record TransportStatus(
        String kind,
        String address,
        int port,
        int members,
        long packetsRejected,
        long packetsReplayed,
        long messagesUnreadable,
        long messagesDropped,
        long queueBytes) {
    /** Of a transport without network. */
    public static final TransportStatus MEMORY = new TransportStatus("memory", "", 0, 1, 0, 0, 0, 0, 0);
}
