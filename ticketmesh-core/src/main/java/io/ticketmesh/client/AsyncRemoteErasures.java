package io.ticketmesh.client;

import io.ticketmesh.erasure.ErasureMode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** {@link RemoteErasures} without waiting; see {@link AsyncTicketMeshClient}. Thread-safe. */
public final class AsyncRemoteErasures {
    private final Conversation talk;

    AsyncRemoteErasures(Conversation talk) {
        this.talk = talk;
    }

    /** Begins to erase a person; see {@link RemoteErasures#erase}. */
    public CompletableFuture<RemoteErasure> erase(String person, ErasureMode mode) {
        return talk.ask(
                () -> Request.post(
                                talk.system("erasures"),
                                json -> json.value(Map.of("person", person, "mode", mode.label())))
                        .alone(),
                AsyncRemoteErasures::erasure);
    }

    /** The last hundred that the server knows, the newest first, and who has carried each out. */
    public CompletableFuture<List<RemoteErasure>> latest() {
        return talk.ask(
                () -> Request.get(talk.system("erasures")),
                answer -> answer.form().each("items", RemoteErasure::read));
    }

    /** The erasure and who has carried it out; null when the server knows of none. */
    public CompletableFuture<@Nullable RemoteErasure> find(String id) {
        return talk.<@Nullable RemoteErasure>ask(
                () -> Request.get(one(id)).accepting("not-found"),
                answer -> answer.status() >= 400 ? null : erasure(answer));
    }

    /** The erasure and who has carried it out. */
    public CompletableFuture<RemoteErasure> get(String id) {
        return talk.ask(() -> Request.get(one(id)), AsyncRemoteErasures::erasure);
    }

    private Target one(String id) {
        return talk.system("erasures").with(id);
    }

    private static RemoteErasure erasure(Answer answer) {
        return RemoteErasure.read(answer.form());
    }
}
