package io.ticketmesh.spring.actuate;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.cluster.MemberStatus;
import io.ticketmesh.spring.TicketMeshVersion;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/** Tells the version, and which node this is. */
final class NodeInfoContributor implements InfoContributor {
    private final Supplier<TicketMesh> node;

    NodeInfoContributor(Supplier<TicketMesh> node) {
        this.node = node;
    }

    @Override
    public void contribute(Info.Builder info) {
        TicketMesh mesh = node.get();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("version", TicketMeshVersion.text());
        details.put("node", mesh.nodeId().toString());
        mesh.status().members().stream()
                .filter(MemberStatus::self)
                .map(status -> status.member().name())
                .filter(name -> !name.isEmpty())
                .findFirst()
                .ifPresent(name -> details.put("name", name));
        info.withDetail("ticketmesh", details);
    }
}
