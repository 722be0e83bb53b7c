package io.ticketmesh.spring.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.client.Attempt;
import io.ticketmesh.client.NotFoundException;
import io.ticketmesh.client.RefusedException;
import io.ticketmesh.client.RemoteAttachment;
import io.ticketmesh.client.TicketMeshClient;
import io.ticketmesh.client.UnavailableException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client attaches files at real applications. */
class ClientAttachmentsTest {
    @TempDir
    Path directory;

    private static TicketMeshClient clientOf(Host... hosts) {
        return TicketMeshClient.open(java.util.Arrays.stream(hosts)
                .map(host -> URI.create("http://127.0.0.1:" + host.port()))
                .toArray(URI[]::new));
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @Test
    void aFileGoesThereAndBack() throws Exception {
        Path file = Files.write(directory.resolve("noise größe.bin"), random(400_000));
        try (Host host = Host.start();
                TicketMeshClient client = clientOf(host)) {
            String ticket = client.create("Printer").id().toString();
            RemoteAttachment added = client.attach(ticket, file);
            assertThat(added.name()).isEqualTo("noise größe.bin");
            assertThat(client.attachments(ticket)).containsExactly(added);
            assertThat(client.get(ticket).attachments()).containsExactly(added);
            try (InputStream content = client.openAttachment(ticket, added.id())) {
                assertThat(content.readAllBytes()).isEqualTo(random(400_000));
            }
            client.detach(ticket, added.id());
            client.detach(ticket, added.id());
            assertThat(client.attachments(ticket)).isEmpty();
            assertThatThrownBy(() -> client.openAttachment(ticket, added.id())).isInstanceOf(NotFoundException.class);
            assertThatThrownBy(() -> client.attach(ticket, "large", () -> new ByteArrayInputStream(random(11 << 20))))
                    .isInstanceOfSatisfying(
                            RefusedException.class,
                            refused -> assertThat(refused.problem().code()).isEqualTo("too-large"));
        }
    }

    @Test
    void aServerWithoutRoomIsPassed() {
        Wired.anew();
        List<Attempt> attempts = new CopyOnWriteArrayList<>();
        try (Host full = Host.start(
                        Wired.class,
                        "ticketmesh.rest.read-wait=10s",
                        "ticketmesh.storage=directory",
                        "ticketmesh.data-dir=" + directory.resolve("full"),
                        "ticketmesh.attachments.min-free=8000000TB");
                Host roomy = Host.start(Wired.class, "ticketmesh.rest.read-wait=10s");
                TicketMeshClient client = clientOf(full, roomy);
                TicketMeshClient onlyFull =
                        TicketMeshClient.open(builder -> builder.servers(URI.create("http://127.0.0.1:" + full.port()))
                                .onAttempt(attempts::add))) {
            String ticket = client.create("Printer").id().toString();
            for (int i = 0; i < 6; i++) {
                client.attach(ticket, "note", () -> new ByteArrayInputStream(new byte[] {'x'}));
            }
            assertThat(client.attachments(ticket)).hasSize(6);
            assertThatThrownBy(() -> onlyFull.attach(ticket, "note", () -> new ByteArrayInputStream(new byte[] {'x'})))
                    .isInstanceOf(UnavailableException.class);
            assertThat(attempts)
                    .as("another try does not help")
                    .extracting(Attempt::status)
                    .containsExactly(507);
        }
    }
}
