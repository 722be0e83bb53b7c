package io.ticketmesh.client;

import io.ticketmesh.bundle.BundleReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Supplier;

/**
 * All operations that the mesh holds, as one stream of bytes: a backup, what a new node begins with, or tickets for another mesh. See
 * {@link io.ticketmesh.bundle.Bundle}. Memory does not grow with its size. Thread-safe.
 */
public final class RemoteBundle {
    private final AsyncRemoteBundle async;

    RemoteBundle(AsyncRemoteBundle async) {
        this.async = async;
    }

    /**
     * The bundle without what was redacted, purged or erased: for the empty nodes of a mesh that takes the place of this one, and no node of
     * this one may ever meet them. See {@link io.ticketmesh.bundle.Bundle#withoutErased}. {@code read} is the same.
     */
    public RemoteBundle withoutErased() {
        return new RemoteBundle(async.withoutErased());
    }

    /**
     * The bundle of one server that holds all operations, as a stream that the caller closes. It fails when it is cut, or when the server
     * sends nothing for {@link TicketMeshClient.Builder#streamSilence}, and is not taken up again elsewhere once it has begun.
     *
     * @throws UnavailableException when no server holds all operations
     */
    public InputStream open() {
        return Outcome.of(async.open());
    }

    /**
     * Writes the bundle to a stream, which stays open.
     *
     * @return how many bytes it has
     * @throws IOException when it is not all there, or cannot be written
     */
    public long write(OutputStream output) throws IOException {
        try (InputStream input = open()) {
            return input.transferTo(output);
        }
    }

    /**
     * Writes the bundle to a file, in place of one that is there. Until it is whole it has another name beside it; nothing is left of one that fails.
     *
     * @return how many bytes it has
     * @throws IOException when it is not all there, or cannot be written
     */
    public long write(Path file) throws IOException {
        Path whole = file.toAbsolutePath();
        Path directory = whole.getParent();
        if (directory == null) {
            throw new IllegalArgumentException("'" + file + "' is no name of a file");
        }
        Path part = Files.createTempFile(directory, whole.getFileName() + ".", ".part");
        try {
            long bytes;
            try (OutputStream output = Files.newOutputStream(part)) {
                bytes = write(output);
            }
            Files.move(part, whole, StandardCopyOption.REPLACE_EXISTING);
            return bytes;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Lets a server read a bundle from a file; see {@link #read(Supplier)}. */
    public BundleReport read(Path file) {
        return Outcome.of(async.read(file));
    }

    /**
     * Lets a server read a bundle, as if another node had sent it: what is held already changes nothing, and other nodes get the rest. It
     * is sent once more, from the beginning and to another server, when it is not known what became of it. May take
     * {@link TicketMeshClient.Builder#transferTimeout}.
     *
     * @param content gives a new stream each time; the client closes it
     * @throws InvalidRequestException when it is cut, damaged, or none; what came before that is stored
     * @throws java.io.UncheckedIOException when it cannot be read
     */
    public BundleReport read(Supplier<? extends InputStream> content) {
        return Outcome.of(async.read(content));
    }
}
