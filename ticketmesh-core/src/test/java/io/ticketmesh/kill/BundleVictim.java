package io.ticketmesh.kill;

import io.ticketmesh.TicketMesh;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process that takes in a bundle, and says when it has read so much of it. */
public final class BundleVictim {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private BundleVictim() {}

    /**
     * @param arguments the directory, the bundle, and the place at which it says so
     */
    public static void main(String[] arguments) throws IOException {
        long place = Long.parseLong(arguments[2]);
        try (TicketMesh mesh = TicketMesh.open(Path.of(arguments[0]));
                InputStream bundle = new Watched(Files.newInputStream(Path.of(arguments[1])), place)) {
            mesh.bundle().read(bundle);
        }
        OUT.println("done");
    }

    private static final class Watched extends FilterInputStream {
        private final long place;
        private long given;

        Watched(InputStream input, long place) {
            super(input);
            this.place = place;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            if (given < place && given + count >= place) {
                OUT.println("there");
            }
            given += Math.max(0, count);
            return count;
        }
    }
}
