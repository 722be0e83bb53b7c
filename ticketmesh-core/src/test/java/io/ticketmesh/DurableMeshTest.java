package io.ticketmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.node.ReadOnlyException;
import io.ticketmesh.store.DirectoryRefusedException;
import io.ticketmesh.store.LockedDirectoryException;
import io.ticketmesh.ticket.Priority;
import io.ticketmesh.ticket.TicketView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class DurableMeshTest {
    @TempDir
    private Path directory;

    @Test
    void everythingIsThereAfterAReopen() {
        String id;
        String digest;
        NodeId node;
        try (TicketMesh mesh = TicketMesh.open(directory)) {
            Tickets alice = mesh.tickets("alice");
            id = alice.create("Printer", edit -> edit.priority(Priority.HIGH).comment("Help"))
                    .id()
                    .toString();
            alice.change(id, edit -> edit.title("Printer on fire"));
            String purged = alice.create("Secret").id().toString();
            alice.purge(purged);
            digest = mesh.digest();
            node = mesh.nodeId();
        }
        try (TicketMesh mesh = TicketMesh.open(directory)) {
            TicketView ticket = mesh.tickets().get(id);
            assertThat(ticket.title()).isEqualTo("Printer on fire");
            assertThat(mesh.tickets().comments(id)).hasSize(1);
            assertThat(mesh.tickets().history(id)).hasSize(2);
            assertThat(mesh.tickets()
                            .query(Lists.filtered(mesh, criteria -> criteria.query("fire")))
                            .items())
                    .hasSize(1);
            assertThat(mesh.tickets().counts().living()).isEqualTo(1);
            assertThat(mesh.digest()).isEqualTo(digest);
            assertThat(mesh.nodeId()).isEqualTo(node);
        }
    }

    @Test
    void everyOpenIsANewIncarnation() {
        for (int open = 1; open <= 3; open++) {
            try (TicketMesh mesh = TicketMesh.open(directory)) {
                mesh.tickets().create("Ticket " + open);
                Set<Origin> origins = mesh.version().entries().keySet();
                assertThat(origins).hasSize(open);
                assertThat(origins.stream().map(Origin::node).distinct()).hasSize(1);
                assertThat(mesh.version().entries().values()).containsOnly(1L);
            }
        }
    }

    @Test
    void oneDirectoryIsForOneNode() {
        try (TicketMesh mesh = TicketMesh.open(directory)) {
            assertThatThrownBy(() -> TicketMesh.open(directory))
                    .isInstanceOf(LockedDirectoryException.class)
                    .hasMessageContaining(directory.toString());
            assertThat(mesh.tickets().create("Still works").title()).isEqualTo("Still works");
        }
        TicketMesh.open(directory).close();
    }

    @Test
    void aDirectoryOfSomethingElseIsRefusedAndLeftAlone() throws IOException {
        Files.writeString(directory.resolve("thesis.txt"), "Chapter one");

        assertThatThrownBy(() -> TicketMesh.open(directory)).isInstanceOf(DirectoryRefusedException.class);

        assertThat(directory.resolve("thesis.txt")).hasContent("Chapter one");
        Waiting.until(() -> Threads.ours().isEmpty());
    }

    @Test
    void aBackupUnderWritesHoldsAllThatWasAnsweredBefore(@TempDir Path target) throws InterruptedException {
        Set<String> answered = ConcurrentHashMap.newKeySet();
        try (TicketMesh mesh = TicketMesh.open(directory)) {
            CountDownLatch some = new CountDownLatch(50);
            AtomicBoolean enough = new AtomicBoolean();
            Thread writer = new Thread(() -> {
                while (!enough.get()) {
                    answered.add(mesh.tickets().create("Ticket").id().toString());
                    some.countDown();
                }
            });
            writer.start();
            some.await();
            Set<String> before = Set.copyOf(answered);
            mesh.backup(target);
            enough.set(true);
            writer.join();
            try (TicketMesh copy = TicketMesh.open(target)) {
                assertThat(before)
                        .allSatisfy(id -> assertThat(copy.tickets().find(id)).isNotNull());
                assertThat(copy.nodeId()).isEqualTo(mesh.nodeId());
                copy.tickets().create("In the copy");
            }
            assertThatThrownBy(() -> mesh.backup(target)).isInstanceOf(DirectoryRefusedException.class);
        }
    }

    @Test
    void aNodeInMemoryHasNothingToCopy(@TempDir Path target) {
        try (TicketMesh mesh = TicketMesh.builder().open()) {
            assertThatThrownBy(() -> mesh.backup(target)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aClosedNodeRefusesWritesAndLeavesNoThread() {
        TicketMesh mesh = TicketMesh.open(directory);
        Tickets tickets = mesh.tickets();
        tickets.create("Printer");
        mesh.subscribe(event -> {});
        assertThat(Threads.ours()).contains("ticketmesh-replica", "ticketmesh-events");

        mesh.close();
        mesh.close();

        Waiting.until(() -> Threads.ours().isEmpty());
        assertThatThrownBy(() -> tickets.create("Late"))
                .isInstanceOf(ReadOnlyException.class)
                .hasMessageContaining("closed");
        assertThat(mesh.refusal()).isNotNull();
    }

    @Test
    void anOpenThatFailsHalfwayLetsGoOfTheDirectory() {
        assertThatThrownBy(() ->
                        TicketMesh.open(builder -> builder.directory(directory).transport(origin -> {
                            throw new IllegalStateException("no network");
                        })))
                .hasMessage("no network");
        Waiting.until(() -> Threads.ours().isEmpty());

        TicketMesh.open(directory).close();
    }
}
