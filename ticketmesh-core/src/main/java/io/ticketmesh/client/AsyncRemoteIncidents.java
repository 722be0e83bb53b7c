package io.ticketmesh.client;

import io.ticketmesh.json.JsonWriter;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** {@link RemoteIncidents} without waiting; see {@link AsyncTicketMeshClient}. Thread-safe. */
public final class AsyncRemoteIncidents {
    private final Conversation talk;

    AsyncRemoteIncidents(Conversation talk) {
        this.talk = talk;
    }

    /** Reports an incident of which the key says all. */
    public CompletableFuture<RemoteIncident> report(String dedupKey) {
        return report(dedupKey, incident -> {});
    }

    /** Reports an incident; see {@link RemoteIncidents#report(String, Consumer)}. */
    public CompletableFuture<RemoteIncident> report(String dedupKey, Consumer<IncidentDraft> details) {
        return talk.ask(
                () -> Request.post(talk.system("incidents"), draft(dedupKey, details))
                        .alone()
                        .once(),
                answer -> RemoteIncident.read(answer.form()));
    }

    private static Consumer<JsonWriter> draft(String dedupKey, Consumer<IncidentDraft> words) {
        IncidentDraft draft = new IncidentDraft(dedupKey);
        words.accept(draft);
        return draft::write;
    }
}
