package io.ticketmesh.client;

import java.net.URI;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The webhooks of the mesh: other systems that are told what happens to tickets. Writes do not wait for other members, whatever
 * {@link TicketMeshClient#acknowledgedBy} says. Thread-safe.
 */
public final class RemoteWebhooks {
    private final AsyncRemoteWebhooks async;

    RemoteWebhooks(AsyncRemoteWebhooks async) {
        this.async = async;
    }

    /** All of them, the oldest first. */
    public List<RemoteWebhook> all() {
        return Outcome.of(async.all());
    }

    /** The webhook; null when there is none. */
    public @Nullable RemoteWebhook find(String id) {
        return Outcome.of(async.find(id));
    }

    /** The webhook. */
    public RemoteWebhook get(String id) {
        return Outcome.of(async.get(id));
    }

    /** Makes a webhook for all events of all tickets; see {@link #create(URI, Consumer)}. */
    public RemoteWebhook create(URI url) {
        return Outcome.of(async.create(url));
    }

    /**
     * Makes a webhook, which is told what happens from now on. Its {@link RemoteWebhook#secret} is what the receiver needs; nobody shows it
     * again. It is made by the client unless it is said, so that it is known also when the answer was lost.
     *
     * @param url where messages are posted to: https, or http to a network that servers allow
     */
    public RemoteWebhook create(URI url, Consumer<WebhookDraft> details) {
        return Outcome.of(async.create(url, details));
    }

    /** Changes a webhook. One that is switched on begins at that moment. */
    public RemoteWebhook change(String id, Consumer<WebhookDraft> edit) {
        return Outcome.of(async.change(id, edit));
    }

    /** Removes a webhook with all that is remembered of its deliveries. */
    public void delete(String id) {
        Outcome.of(async.delete(id));
    }

    /**
     * Gives a webhook a new secret, which is that of the result. The one before it counts for 24 hours besides. Asked of one server only,
     * unless it is certain that it was not carried out: each time makes another secret.
     */
    public RemoteWebhook rotate(String id) {
        return Outcome.of(async.rotate(id));
    }

    /**
     * Sends a message of the type {@code ping}, and waits for the receiver, some ten seconds. Asked of one server only, unless it is certain
     * that it was not carried out.
     *
     * @throws ConflictingStateException when the server does not send webhooks
     */
    public RemoteReception ping(String id) {
        return Outcome.of(async.ping(id));
    }

    /** The last deliveries, of all servers, the newest first; at most 100. What was just done shows within some seconds. */
    public List<RemoteDelivery> deliveries(String id) {
        return Outcome.of(async.deliveries(id));
    }

    /**
     * Sends a remembered delivery once more, and waits for the receiver, some ten seconds. Under the same {@code webhook-id}, by which
     * receivers know what they have already: it is repeated at another server when an answer was lost.
     *
     * @throws ConflictingStateException when what it told of is gone, it is under way just now, or the server does not send webhooks
     */
    public RemoteDelivery redeliver(String id, String delivery) {
        return Outcome.of(async.redeliver(id, delivery));
    }
}
