package io.ticketmesh.client;

import io.ticketmesh.bundle.BundleReport;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** {@link RemoteBundle} without waiting; see {@link AsyncTicketMeshClient}. Thread-safe. */
public final class AsyncRemoteBundle {
    private static final String TYPE = "application/vnd.ticketmesh.bundle";

    private final Conversation talk;

    AsyncRemoteBundle(Conversation talk) {
        this.talk = talk;
    }

    /** All operations, as a stream that the caller closes; see {@link RemoteBundle#open}. */
    public CompletableFuture<InputStream> open() {
        return talk.ask(() -> Request.download(talk.system("bundle"), TYPE), talk::watched);
    }

    /** Lets a server read a bundle; see {@link RemoteBundle#read(Path)}. */
    public CompletableFuture<BundleReport> read(Path file) {
        return read(Source.of(file));
    }

    /** Lets a server read a bundle; see {@link RemoteBundle#read(Supplier)}. */
    public CompletableFuture<BundleReport> read(Supplier<? extends InputStream> content) {
        return talk.ask(
                () -> Request.upload(talk.system("bundle"), TYPE, content).alone(),
                answer -> new BundleReport(
                        answer.form().number("operations"), answer.form().number("added")));
    }
}
