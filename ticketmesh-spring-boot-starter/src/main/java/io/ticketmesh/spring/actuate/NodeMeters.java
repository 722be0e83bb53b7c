package io.ticketmesh.spring.actuate;

import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.ticketmesh.TicketMesh;
import io.ticketmesh.cluster.CatchUp;
import io.ticketmesh.cluster.MemberStatus;
import io.ticketmesh.registry.RegistryStatus;
import io.ticketmesh.ticket.Criterion;
import io.ticketmesh.ticket.TicketFilter;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The meters {@code ticketmesh.*}: what the node holds, what waits, what it dropped, and how the other members are.
 *
 * <p>Gauges read the node when somebody reads them; there is no thread.
 */
final class NodeMeters implements MeterBinder {
    private static final TicketFilter CONFLICTING = TicketFilter.LIVING.and(new Criterion.HasConflict(false));

    private final Supplier<TicketMesh> node;

    NodeMeters(Supplier<TicketMesh> node) {
        this.node = node;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        PeerMeters peers = new PeerMeters(registry);
        Meters meters = new Meters(registry, node);
        AttachmentMeters.bindTo(meters);
        WebhookMeters.bindTo(meters);
        meters.gauge(
                "ticketmesh.tickets",
                "Tickets that are not deleted",
                mesh -> mesh.service().counts().living());
        meters.gauge(
                "ticketmesh.tickets.conflicting",
                "Tickets with a conflict that nobody settled",
                mesh -> mesh.service().count(CONFLICTING));
        meters.counter(
                "ticketmesh.writes",
                "Writes that this node was asked for and answered",
                mesh -> mesh.written().writes());
        meters.counter(
                "ticketmesh.operations",
                "Operations that were stored, those of others too",
                mesh -> mesh.written().operations());
        FunctionTimer.builder(
                        "ticketmesh.commits",
                        node,
                        source -> source.get().written().commits(),
                        source -> source.get().written().commitNanos(),
                        TimeUnit.NANOSECONDS)
                .description("Commits to the store, the disk included; each holds all that waited")
                .register(registry);
        meters.gauge("ticketmesh.writes.waiting", "Writes that wait for the replica", TicketMesh::waitingWrites);
        meters.gauge(
                "ticketmesh.writes.refused",
                "1 when the node takes no writes, else 0",
                mesh -> mesh.refusal() == null ? 0 : 1);
        meters.gauge("ticketmesh.mesh.members", "Nodes that belong to the mesh, this one among them", mesh -> {
            peers.renew(mesh.status());
            return mesh.status().active();
        });
        meters.gauge(
                "ticketmesh.mesh.reachable",
                "Other nodes that were heard within fifteen seconds",
                mesh -> mesh.status().members().stream()
                        .filter(member -> !member.self() && member.reachable())
                        .map(MemberStatus::member)
                        .count());
        meters.gauge(
                "ticketmesh.mesh.catchingup",
                "1 while others are known to hold what is not here, else 0",
                mesh -> mesh.status().catchingUp() ? 1 : 0);
        meters.gauge("ticketmesh.mesh.catchup", "Seconds that the last catch-up took", mesh -> {
            CatchUp last = mesh.status().lastCatchUp();
            return last == null ? Double.NaN : last.tookMillis() / 1_000.0;
        });
        meters.gauge(
                "ticketmesh.registry.instances",
                "Servers that are registered at the registry of this node",
                mesh -> mesh.registry().map(RegistryStatus::instances).orElse(0));
        meters.counter(
                "ticketmesh.registry.rejected",
                "Packets to the registry of this node that were not of this mesh",
                mesh -> mesh.registry().map(RegistryStatus::packetsRejected).orElse(0L));
        meters.counter(
                "ticketmesh.registry.limited",
                "Packets to the registry of this node beyond what one address may send",
                mesh -> mesh.registry().map(RegistryStatus::packetsLimited).orElse(0L));
        meters.counter(
                "ticketmesh.messages.dropped",
                "Messages of others that were dropped because too many waited",
                TicketMesh::droppedMessages);
        meters.counter(
                "ticketmesh.operations.duplicate",
                "Operations of others that came again",
                mesh -> mesh.statistics().duplicates());
        meters.counter(
                "ticketmesh.network.rejected",
                "Packets and connections that were not of this mesh",
                mesh -> mesh.network().packetsRejected());
        meters.counter(
                "ticketmesh.network.replayed",
                "Packets that had been opened before",
                mesh -> mesh.network().packetsReplayed());
        meters.counter(
                "ticketmesh.network.unreadable",
                "Messages of members that could not be decoded",
                mesh -> mesh.network().messagesUnreadable());
        meters.counter(
                "ticketmesh.network.dropped",
                "Messages that were not sent, because a queue was full or no address known",
                mesh -> mesh.network().messagesDropped());
        meters.gauge(
                "ticketmesh.network.queue",
                "Bytes that wait to be sent",
                mesh -> mesh.network().queueBytes());
    }
}
