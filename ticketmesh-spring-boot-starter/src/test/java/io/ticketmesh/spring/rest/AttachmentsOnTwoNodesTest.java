package io.ticketmesh.spring.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.spring.Waiting;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files come to two applications whose nodes are connected by a cable that can be pulled. */
class AttachmentsOnTwoNodesTest {
    private Host alice;
    private Host bob;

    @BeforeEach
    void start() {
        Wired.anew();
        alice = start("alice");
        bob = start("bob");
    }

    private static Host start(String name) {
        return Host.start(
                Wired.class, "ticketmesh.rest.anonymous-name=" + name, "ticketmesh.attachments.fetch-wait=1s");
    }

    @AfterEach
    void stop() {
        bob.close();
        alice.close();
    }

    private void converge() {
        Waiting.until(() -> alice.node().version().equals(bob.node().version()));
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static String upload(Host host, String ticket, byte[] content) {
        return host.sendAsync(
                        "POST", ticket + "/attachments?name=file", content, "Content-Type", "application/octet-stream")
                .join()
                .is(201)
                .header("Location");
    }

    private static void awaitBytes(Host host, String attachment, byte[] content) {
        Waiting.until(() -> host.get(attachment).status() == 200);
        assertThat(host.get(attachment).body()).isEqualTo(content);
    }

    @Test
    void filesOfBothSidesArriveAfterAPartition() {
        String ticket = "/tickets/" + alice.create("Printer").id();
        converge();
        Wired.PLUGGED.set(false);
        String hers = upload(alice, ticket, random(900_000));
        String his = upload(bob, ticket, random(70_000));
        bob.get(hers).isProblem(404, "unknown-ticket");
        Wired.PLUGGED.set(true);
        converge();

        awaitBytes(bob, hers, random(900_000));
        awaitBytes(alice, his, random(70_000));
        assertThat(alice.get(ticket + "/attachments").text())
                .isEqualTo(bob.get(ticket + "/attachments").text());
        assertThat(alice.get(hers).etag()).isEqualTo(bob.get(hers).etag());
    }

    @Test
    void whoKnowsOfAFileThatIsAwayIsToldToComeBack() {
        String ticket = "/tickets/" + alice.create("Printer").id();
        String file = upload(alice, ticket, random(50_000));
        converge();
        awaitBytes(bob, file, random(50_000));
        bob.close();
        bob = start("bob"); // a node in memory, which has forgotten all bytes
        converge();
        Wired.PLUGGED.set(false);
        Answer read = bob.get(file);
        if (read.status() != 200) { // else the bytes were quicker than the hand at the cable
            assertThat(read.isProblem(503, "bytes-away").header("Retry-After")).isEqualTo("5");
        }
        Wired.PLUGGED.set(true);
        awaitBytes(bob, file, random(50_000));
    }
}
