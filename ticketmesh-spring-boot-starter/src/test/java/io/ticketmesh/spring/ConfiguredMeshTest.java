package io.ticketmesh.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.cluster.Acknowledgement;
import io.ticketmesh.ticket.TicketView;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** From properties to a mesh on real sockets of this machine. */
class ConfiguredMeshTest {
    private final String cluster = "test-" + UUID.randomUUID();
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(TicketMeshAutoConfiguration.class))
            .withPropertyValues("ticketmesh.storage=memory");

    @Test
    void applicationsOfOneClusterAreOneSystem() {
        runner.withPropertyValues("ticketmesh.mesh.cluster=" + cluster, "ticketmesh.mesh.node-name=first")
                .run(first -> runner.withPropertyValues("ticketmesh.mesh.cluster=" + cluster)
                        .run(second -> {
                            TicketView ticket = first.getBean(TicketMesh.class)
                                    .tickets("ada")
                                    .acknowledgedBy(Acknowledgement.ONE, Duration.ofSeconds(30))
                                    .create("Shared");
                            TicketMesh other = second.getBean(TicketMesh.class);
                            assertThat(other.tickets()
                                            .get(ticket.id().toString())
                                            .title())
                                    .isEqualTo("Shared");
                            Waiting.until(() -> other.status().members().stream()
                                    .anyMatch(status -> status.member().name().equals("first")));
                        }));
    }

    @Test
    void anotherClusterIsNotMet() {
        runner.withPropertyValues("ticketmesh.mesh.cluster=" + cluster)
                .run(first -> runner.withPropertyValues("ticketmesh.mesh.cluster=" + cluster + "x")
                        .run(second -> {
                            assertThat(first.getBean(TicketMesh.class).network().members())
                                    .isEqualTo(1);
                            assertThat(second.getBean(TicketMesh.class)
                                            .network()
                                            .members())
                                    .isEqualTo(1);
                        }));
    }

    @Test
    void withoutAClusterThereIsNoSocket() {
        runner.run(context ->
                assertThat(context.getBean(TicketMesh.class).network().kind()).isEqualTo("memory"));
    }

    @Test
    void anAddressThatOthersReachNeedsASecretAndTheFailureSaysSo() {
        assertFails("ticketmesh.mesh.bind-address=192.0.2.7", "ticketmesh.mesh.secret");
    }

    @Test
    void anAddressThatIsNoneOfThisMachineIsSaid() {
        assertFails(
                "ticketmesh.mesh.bind-address=192.0.2.7",
                "ticketmesh.mesh.bind-address",
                "ticketmesh.mesh.secret=0123456789abcdef");
    }

    @Test
    void membersThatDiscoveryDoesNotUseAreSaid() {
        assertFails("ticketmesh.mesh.members=localhost:7810", "ticketmesh.mesh.discovery");
    }

    @Test
    void registriesThatAreNoneAreSaid() {
        assertFails("ticketmesh.registry.addresses=one.example:99999", "ticketmesh.registry.addresses");
    }

    private void assertFails(String property, String named, String... more) {
        runner.withPropertyValues("ticketmesh.mesh.cluster=" + cluster, property)
                .withPropertyValues(more)
                .run(context -> {
                    assertThat(context).hasFailed();
                    FailureAnalysis analysis = new MeshFailureAnalyzer().analyze(context.getStartupFailure());
                    assertThat(analysis).isNotNull();
                    assertThat(analysis.getDescription()).contains(named);
                    assertThat(analysis.getAction()).contains("ticketmesh.mesh");
                });
    }
}
