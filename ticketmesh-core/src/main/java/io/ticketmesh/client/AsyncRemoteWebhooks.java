package io.ticketmesh.client;

import io.ticketmesh.client.Call.Manner;
import io.ticketmesh.json.JsonWriter;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@link RemoteWebhooks} without waiting; see {@link AsyncTicketMeshClient}. Thread-safe. */
public final class AsyncRemoteWebhooks {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SECRET_BYTES = 32;

    /** What servers wait for receivers, and some more. */
    private static final Duration RECEIVER = Duration.ofSeconds(15);

    private final Conversation talk;

    AsyncRemoteWebhooks(Conversation talk) {
        this.talk = talk;
    }

    /** All of them, the oldest first. */
    public CompletableFuture<List<RemoteWebhook>> all() {
        return talk.ask(
                () -> Request.get(talk.system("webhooks")),
                answer -> answer.form().each("items", RemoteWebhook::read));
    }

    /** The webhook; null when there is none. */
    public CompletableFuture<@Nullable RemoteWebhook> find(String id) {
        return talk.<@Nullable RemoteWebhook>ask(
                () -> Request.get(one(id)).accepting("unknown-webhook"),
                answer -> answer.status() >= 400 ? null : webhook(answer));
    }

    /** The webhook. */
    public CompletableFuture<RemoteWebhook> get(String id) {
        return talk.ask(() -> Request.get(one(id)), AsyncRemoteWebhooks::webhook);
    }

    /** Makes a webhook for all events of all tickets; see {@link RemoteWebhooks#create(URI, Consumer)}. */
    public CompletableFuture<RemoteWebhook> create(URI url) {
        return create(url, draft -> {});
    }

    /** Makes a webhook; see {@link RemoteWebhooks#create(URI, Consumer)}. */
    public CompletableFuture<RemoteWebhook> create(URI url, Consumer<WebhookDraft> details) {
        WebhookDraft draft = new WebhookDraft().url(url).secret(newSecret());
        return talk.ask(
                () -> {
                    details.accept(draft);
                    return Request.post(talk.system("webhooks"), Conversation.newKey(), draft::write)
                            .alone();
                },
                answer -> webhook(answer).knowing(draft.secret()));
    }

    /** Changes a webhook. */
    public CompletableFuture<RemoteWebhook> change(String id, Consumer<WebhookDraft> edit) {
        return talk.ask(() -> Request.patch(one(id), draft(edit)).alone(), AsyncRemoteWebhooks::webhook);
    }

    /** Removes a webhook with all that is remembered of its deliveries. */
    public CompletableFuture<@Nullable Void> delete(String id) {
        return talk.ask(() -> Request.delete(one(id)).alone().doneWhen("unknown-webhook"), Conversation.NOTHING);
    }

    /** Gives a webhook a new secret; see {@link RemoteWebhooks#rotate}. */
    public CompletableFuture<RemoteWebhook> rotate(String id) {
        return talk.ask(
                () -> Request.post(one(id).with("rotate"), AsyncRemoteWebhooks::nothing)
                        .alone()
                        .once(),
                AsyncRemoteWebhooks::webhook);
    }

    /** Sends a message of the type {@code ping}; see {@link RemoteWebhooks#ping}. */
    public CompletableFuture<RemoteReception> ping(String id) {
        return talk.ask(
                patient(),
                () -> Request.post(one(id).with("ping"), AsyncRemoteWebhooks::nothing)
                        .alone()
                        .once(),
                answer -> RemoteReception.read(answer.form()));
    }

    /** The last deliveries, of all servers, the newest first; at most 100. */
    public CompletableFuture<List<RemoteDelivery>> deliveries(String id) {
        return talk.ask(
                () -> Request.get(one(id).with("deliveries")),
                answer -> answer.form().each("items", RemoteDelivery::read));
    }

    /** Sends a remembered delivery once more; see {@link RemoteWebhooks#redeliver}. */
    public CompletableFuture<RemoteDelivery> redeliver(String id, String delivery) {
        return talk.ask(
                patient(),
                () -> Request.post(
                                one(id).with("deliveries").with(delivery).with("redeliver"),
                                AsyncRemoteWebhooks::nothing)
                        .alone(),
                answer -> RemoteDelivery.read(answer.form()));
    }

    private static void nothing(JsonWriter json) {
        json.startObject().endObject();
    }

    /** With time for a receiver that is slow. */
    private Manner patient() {
        Manner manner = talk.manner();
        return manner.with(manner.limits().longer(RECEIVER));
    }

    private Target one(String id) {
        return talk.system("webhooks").with(id);
    }

    private static RemoteWebhook webhook(Answer answer) {
        return RemoteWebhook.read(answer.form());
    }

    /** One that nobody can guess, known before the first attempt, so that it is not lost with an answer. */
    private static String newSecret() {
        byte[] bytes = new byte[SECRET_BYTES];
        RANDOM.nextBytes(bytes);
        return "whsec_" + Base64.getEncoder().encodeToString(bytes);
    }

    private static Consumer<JsonWriter> draft(Consumer<WebhookDraft> words) {
        WebhookDraft draft = new WebhookDraft();
        words.accept(draft);
        return draft::write;
    }
}
