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
    private final boolean erased;

    AsyncRemoteBundle(Conversation talk) {
        this(talk, true);
    }

    private AsyncRemoteBundle(Conversation talk, boolean erased) {
        this.talk = talk;
        this.erased = erased;
    }

    /** The bundle without what was redacted, purged or erased; see {@link RemoteBundle#withoutErased}. */
    public AsyncRemoteBundle withoutErased() {
        return new AsyncRemoteBundle(talk, false);
    }

    /** All operations, as a stream that the caller closes; see {@link RemoteBundle#open}. */
    public CompletableFuture<InputStream> open() {
        return talk.ask(
                () -> {
                    Target bundle = talk.system("bundle");
                    return Request.download(erased ? bundle : bundle.and("erased", "false"), TYPE);
                },
                talk::watched);
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
