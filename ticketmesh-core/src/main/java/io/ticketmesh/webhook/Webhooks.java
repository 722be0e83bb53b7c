package io.ticketmesh.webhook;

import io.ticketmesh.causality.HybridTimestamp;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.causality.WallClock;
import io.ticketmesh.node.Books;
import io.ticketmesh.node.EventListener;
import io.ticketmesh.node.Node;
import io.ticketmesh.node.Subscription;
import io.ticketmesh.node.TicketService;
import io.ticketmesh.node.UnansweredException;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.replica.Outcome;
import io.ticketmesh.replica.TicketEvent;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.PreconditionFailedException;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLSocketFactory;

/**
 * Other systems that are told what happens to tickets. They are the same on every node of the mesh; each event is told by the node that
 * accepted it, or by another one when that is gone, at least once and under one id. Thread-safe.
 *
 * <p>Methods that write wait until the write is stored here, and throw {@link InvalidChangeException} when a rule is broken,
 * {@link UnknownWebhookException}, {@link io.ticketmesh.node.OverloadedException}, {@link io.ticketmesh.node.ReadOnlyException}, and
 * {@link UnansweredException} when there is no answer in time.
 */
public final class Webhooks implements AutoCloseable {
    /** The most webhooks of a mesh. */
    public static final int MAX_WEBHOOKS = 20;

    /** How long a secret still counts beside the one that took its place. */
    public static final Duration ROTATION = Duration.ofHours(24);

    /** The most deliveries that are shown: the last ones of all nodes. */
    public static final int MAX_DELIVERIES = 100;

    private static final int TRIES = 3;
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Node node;
    private final Workflow workflow;
    private final WallClock clock;
    private final RandomGenerator random;
    private final Duration timeout;
    private final boolean delivers;
    private final UnaryOperator<String> names;
    private final AddressGuard guard;
    private final WebhookBooks books;
    private final HttpCourier courier;
    private final Postman postman;

    /**
     * Reads what there is and begins to deliver.
     *
     * @param service knows what tickets say, and what people are called
     * @param random makes secrets that nobody can guess
     * @param timeout how long a write waits for its answer
     */
    public Webhooks(
            Node node,
            TicketService service,
            Workflow workflow,
            WallClock clock,
            RandomGenerator random,
            Duration timeout,
            WebhookOptions options) {
        this.node = node;
        this.workflow = workflow;
        this.clock = clock;
        this.random = random;
        this.timeout = timeout;
        this.delivers = options.delivers();
        this.names = service.names();
        this.guard = AddressGuard.allowing(options.allowedNetworks());
        this.books = new WebhookBooks(new Books(node), names);
        this.courier =
                new HttpCourier(guard, () -> (SSLSocketFactory) SSLSocketFactory.getDefault(), HttpCourier.TIMEOUT);
        this.postman = new Postman(node, books, courier, workflow, clock, service);
        Subscription unused = node.subscribe(new Ear()); // ends with the node
        startIfNeeded();
    }

    private void startIfNeeded() {
        if (delivers && !books.all().isEmpty()) {
            postman.start();
        }
    }

    /** Hears of books, and of whatever may be to be told. */
    private final class Ear implements EventListener {
        @Override
        public void ticketChanged(TicketEvent event) {
            postman.wake();
        }

        @Override
        public void bookWritten(TicketId book) {
            books.changed(book);
            if (WebhookBooks.holdsDefinitions(book)) {
                startIfNeeded();
                postman.wake();
            }
        }

        @Override
        public void eventsMissed() {
            books.changed();
            startIfNeeded();
            postman.wake();
        }
    }

    /** All webhooks, the oldest first. */
    public List<Webhook> all() {
        return books.currently().stream()
                .sorted(Comparator.comparing(Webhook::createdAt).thenComparing(Webhook::id))
                .toList();
    }

    /**
     * @throws UnknownWebhookException when there is none
     */
    public Webhook get(String id) {
        return books.current(id).orElseThrow(() -> new UnknownWebhookException("webhook '" + id + "'"));
    }

    /**
     * Makes a webhook, which is told what happens from now on. Its newest key is the secret that the receiver needs; it is not meant to be
     * shown again.
     *
     * @param actor who does it, at most 128 characters
     * @param url where events are posted to, see {@link WebhookEdit#url}
     */
    public Webhook create(String actor, String url, Consumer<WebhookEdit> details) {
        return create(actor, edit -> details.accept(edit.url(url)));
    }

    private Webhook create(String actor, Consumer<WebhookEdit> details) {
        return create(actor, new UUID(random.nextLong(), random.nextLong()), details);
    }

    /**
     * The same under an id of the caller's, with an address that is among the details: once, however often it is asked for.
     *
     * @return the webhook that has the id already, if there is one
     */
    public Webhook create(String actor, UUID chosen, Consumer<WebhookEdit> details) {
        WebhookEdit edit = edit(details);
        String id = chosen.toString();
        Optional<Webhook> made = books.current(id);
        if (made.isPresent()) {
            return made.get();
        }
        WebhookSecret secret = Objects.requireNonNullElseGet(edit.secret(), () -> WebhookSecret.random(random));
        HybridTimestamp now = latest();
        Webhook blank = new Webhook(
                id,
                edit.requireUrl(),
                Set.of(),
                "",
                "",
                true,
                null,
                now,
                Instant.ofEpochMilli(clock.millis()),
                names.apply(actor),
                List.of(new Webhook.Key(secret, null)));
        return write(actor, () -> {
            if (books.currently().size() >= MAX_WEBHOOKS) {
                throw new InvalidChangeException(
                        "webhooks", "too-many", "has " + MAX_WEBHOOKS + ", which is the most", (long) MAX_WEBHOOKS);
            }
            return edit.applyTo(blank, now);
        });
    }

    /** Changes a webhook. */
    public Webhook change(String actor, String id, Consumer<WebhookEdit> details) {
        WebhookEdit edit = edit(details);
        return update(actor, id, webhook -> edit.applyTo(webhook, latest()));
    }

    /** Gives a webhook a new secret, its newest key then. Those before it count for at most {@link #ROTATION} besides. */
    public Webhook rotate(String actor, String id) {
        WebhookSecret secret = WebhookSecret.random(random);
        Instant now = Instant.ofEpochMilli(clock.millis());
        return update(actor, id, webhook -> webhook.withNewest(secret, now, now.plus(ROTATION)));
    }

    /** Removes a webhook with all that is remembered of it. */
    public void delete(String actor, String id) {
        get(id);
        require(await(books.remove(actor, id), timeout));
        books.progress(id).keySet().forEach(writer -> books.forget(id, writer));
    }

    private WebhookEdit edit(Consumer<WebhookEdit> details) {
        WebhookEdit edit = new WebhookEdit(workflow, guard);
        details.accept(edit);
        return edit;
    }

    private Webhook update(String actor, String id, UnaryOperator<Webhook> change) {
        return write(actor, () -> change.apply(get(id)));
    }

    /** Writes what is made of what there is, and makes it anew if somebody else was quicker. */
    private Webhook write(String actor, Supplier<Webhook> making) {
        RuntimeException refusal = null;
        for (int tries = 0; tries < TRIES; tries++) {
            String etag = books.etag();
            Webhook made = making.get();
            Outcome outcome = await(books.write(actor, made, etag), timeout);
            if (!(outcome instanceof Outcome.Refused refused)) {
                return made;
            }
            refusal = refused.reason();
            if (!(refusal instanceof PreconditionFailedException)) {
                break;
            }
        }
        throw Objects.requireNonNull(refusal);
    }

    /** Behind all that this node knows, and not before its clock. */
    private HybridTimestamp latest() {
        HybridTimestamp latest = HybridTimestamp.of(clock.millis() - 1, 0xFFFF);
        VersionVector held = node.reader().version();
        for (var entry : held.entries().entrySet()) {
            if (entry.getValue() > node.reader().floor().get(entry.getKey())) {
                for (Operation last : node.reader().operations(entry.getKey(), entry.getValue(), 1)) {
                    latest = latest.max(last.time());
                }
            }
        }
        return latest;
    }

    /**
     * The last deliveries of a webhook, by any node, the newest first; at most {@link #MAX_DELIVERIES}. What was just done shows within
     * some seconds.
     */
    public List<Delivery> deliveries(String id) {
        get(id);
        Map<String, Delivery> known = new HashMap<>();
        for (var writer : books.progress(id).keySet()) {
            books.log(id, writer).values().forEach(delivery -> known.merge(delivery.id(), delivery, Delivery::merge));
        }
        return known.values().stream()
                .sorted(Comparator.comparing(
                                (Delivery delivery) -> Objects.requireNonNullElse(delivery.lastAt(), Instant.EPOCH))
                        .thenComparing(Delivery::operation)
                        .reversed())
                .limit(MAX_DELIVERIES)
                .toList();
    }

    /**
     * Sends one of the remembered deliveries once more, whatever became of it before, and says what became of it now. Waits for the
     * receiver, some ten seconds.
     *
     * @throws WebhookRefusedException when what it told of is purged or redacted away, or it is under way just now
     */
    public Delivery redeliver(String id, String delivery) {
        get(id);
        requireDelivering();
        return await(postman.redeliver(id, delivery), HttpCourier.TIMEOUT.plus(GRACE));
    }

    /**
     * Sends a message of the type {@code ping}, also when the webhook is switched off, and says how it was taken. Waits for the receiver,
     * some ten seconds.
     */
    public Reception ping(String id) {
        Webhook webhook = get(id);
        requireDelivering();
        String message = "ping-" + new UUID(random.nextLong(), random.nextLong());
        return await(postman.ping(webhook, message), HttpCourier.TIMEOUT.plus(GRACE));
    }

    /** What this node did since it was opened, and what there is to do. */
    public WebhookStatistics statistics() {
        return postman.statistics(books.all().values());
    }

    private void requireDelivering() {
        if (!delivers) {
            throw new WebhookRefusedException("This node was configured not to send webhooks; ask another one");
        }
    }

    private static void require(Outcome outcome) {
        if (outcome instanceof Outcome.Refused refused) {
            throw refused.reason();
        }
    }

    private static <T> T await(CompletableFuture<T> future, Duration timeout) {
        try {
            return future.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException reason ? reason : new IllegalStateException(failed);
        } catch (TimeoutException late) {
            throw new UnansweredException("There was no answer within " + timeout, late);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new UnansweredException("The thread was interrupted while it waited for the answer", interruption);
        }
    }

    /** Waits a second for what is under way. To be called just before the node is closed. */
    @Override
    public void close() {
        postman.close();
        courier.close();
    }
}
