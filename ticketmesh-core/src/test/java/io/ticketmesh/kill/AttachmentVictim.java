package io.ticketmesh.kill;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.Tickets;
import io.ticketmesh.ticket.AttachmentView;
import io.ticketmesh.transport.jgroups.MeshOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;

/**
 * A process that takes in bytes of attachments until it is killed: one whose sender stands still half-way, others without end, or those of
 * the other node of its mesh.
 */
public final class AttachmentVictim {
    static final int HALF_BYTES = 4 << 20;

    private static final int MAX_BYTES = 2 << 20;
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private AttachmentVictim() {}

    /**
     * @param arguments what it does, the directory, and for {@code upload} a seed, for {@code fetch} the mesh
     */
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[1]);
        switch (arguments[0]) {
            case "half" -> uploadHalf(TicketMesh.open(directory).tickets("victim"));
            case "upload" ->
                uploadForever(TicketMesh.open(directory).tickets("victim"), new Random(Long.parseLong(arguments[2])));
            default -> {
                TicketMesh.open(builder -> builder.directory(directory).mesh(mesh(arguments[2])));
                OUT.println("open");
                Thread.currentThread().join(); // until it is killed
            }
        }
    }

    static MeshOptions mesh(String cluster) {
        return MeshOptions.of(cluster, settings -> settings.bindPort(0));
    }

    private static void uploadHalf(Tickets tickets) {
        String ticket = tickets.create("Printer").id().toString();
        OUT.println("ticket " + ticket);
        tickets.attach(ticket, "half.bin", new StandingStill());
    }

    private static void uploadForever(Tickets tickets, Random random) {
        OUT.println("open");
        while (true) {
            String ticket = tickets.create("Printer").id().toString();
            byte[] content = new byte[1 + random.nextInt(MAX_BYTES)];
            random.nextBytes(content);
            AttachmentView added = tickets.attach(ticket, "noise.bin", new ByteArrayInputStream(content));
            OUT.println("attached " + ticket + " " + added.hash());
        }
    }

    /** Gives half of what it has, and then nothing any more. */
    private static final class StandingStill extends InputStream {
        private int given;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (given >= HALF_BYTES) {
                OUT.println("half");
                try {
                    Thread.currentThread().join(); // until the process is killed
                } catch (InterruptedException interrupted) {
                    throw new IOException(interrupted);
                }
            }
            int count = Math.min(length, HALF_BYTES - given);
            given += count;
            return count;
        }
    }
}
