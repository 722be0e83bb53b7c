package io.ticketmesh.webhook;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.causality.WallClock;
import io.ticketmesh.cluster.MemberStatus;
import io.ticketmesh.json.NewsJson;
import io.ticketmesh.node.Node;
import io.ticketmesh.node.OverloadedException;
import io.ticketmesh.node.TicketService;
import io.ticketmesh.replica.Outcome;
import io.ticketmesh.ticket.Criterion;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.TicketFilter;
import io.ticketmesh.ticket.Workflow;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that walks the routes of all webhooks, hands what is to be sent to others, and writes down what became of it. Senders wait
 * for receivers; this thread waits for nobody. Thread-safe: what it holds belongs to its thread, and others post.
 */
final class Postman implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Postman.class);
    private static final String NAME = "ticketmesh-webhooks";

    /** Each webhook may have four messages under way, and one when its receiver fails. */
    private static final int SENDERS = 32;

    private static final int DEMANDS = 64;
    private static final long TICK_MILLIS = 200;

    /** Between two walks, so that a flood of writes is looked at in portions. */
    private static final long PAUSE_MILLIS = 10;

    private static final long AFTER_FAULT_MILLIS = 1_000;
    private static final long PATIENCE_MILLIS = 1_000;
    private static final TicketFilter NOTHING =
            TicketFilter.EVERYTHING.and(new Criterion.AnyOf(Criterion.Field.STATUS, Set.of(), false));
    private static final long TIDY_MILLIS = 3_600_000;

    private final Node node;
    private final NodeId self;
    private final WebhookBooks books;
    private final Courier courier;
    private final Workflow workflow;
    private final WallClock clock;
    private final TicketService service;
    private final Map<String, Route> routes = new HashMap<>();
    private final Map<String, Merged> merged = new HashMap<>();
    private final Map<String, Long> tidiedAtMillis = new HashMap<>();
    private Map<String, Webhook> known = Map.of();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder unanswered = new LongAdder();

    /** As of the last walk; written by the thread. */
    private volatile long waiting;

    private volatile long backlog;

    /** Has permits when there may be something to do. */
    private final Semaphore work = new Semaphore(0);

    /** What senders and writers found; never more than there are messages and writes under way. */
    private final Queue<Runnable> reports = new ConcurrentLinkedQueue<>();

    /** What somebody wants done now. */
    private final BlockingQueue<Runnable> demands = new ArrayBlockingQueue<>(DEMANDS);

    /** Its queue holds no more than routes have under way. */
    private final ThreadPoolExecutor senders = new ThreadPoolExecutor(
            SENDERS, SENDERS, PATIENCE_MILLIS, TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(), Postman::thread);

    private final Thread thread = thread(this::run);

    /** Guarded by this. */
    private boolean started;

    private volatile boolean closing;

    /** How far all nodes together have come, and what it was made of. */
    private record Merged(Map<NodeId, Progress> parts, VersionVector settled) {}

    /**
     * @param service knows what tickets say, and what people are called
     */
    Postman(Node node, WebhookBooks books, Courier courier, Workflow workflow, WallClock clock, TicketService service) {
        this.node = node;
        this.self = node.origin().node();
        this.books = books;
        this.courier = courier;
        this.workflow = workflow;
        this.clock = clock;
        this.service = service;
        senders.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, NAME);
        thread.setDaemon(true);
        return thread;
    }

    /** Begins to walk; once. */
    synchronized void start() {
        if (!started && !closing) {
            started = true;
            thread.start();
        }
    }

    /** There may be something to do. */
    void wake() {
        if (work.availablePermits() == 0) {
            work.release();
        }
    }

    /**
     * Tries a delivery that is remembered once more, whatever became of it.
     *
     * @return completes exceptionally with {@link UnknownWebhookException} when it is not remembered, and with
     *     {@link WebhookRefusedException} when there is nothing to send any more, or it is under way
     */
    CompletableFuture<Delivery> redeliver(String webhook, String delivery) {
        CompletableFuture<Delivery> answer = new CompletableFuture<>();
        demand(answer, () -> {
            Route route = routes.get(webhook);
            Delivery found =
                    route == null ? null : route.known(surroundings(webhook)).get(delivery);
            if (route == null || found == null) {
                throw new UnknownWebhookException("delivery '" + delivery + "' that is remembered");
            }
            Errand errand = route.onDemand(found);
            if (errand == null) {
                throw new WebhookRefusedException(
                        "The delivery is under way just now, or what it told of is gone: purged, or no more in the log");
            }
            send(route, errand, answer);
        });
        return answer;
    }

    /** Sends a ping, which no log remembers. */
    CompletableFuture<Reception> ping(Webhook webhook, String id) {
        CompletableFuture<Reception> answer = new CompletableFuture<>();
        demand(answer, () -> {
            Message message = Message.ping(id, webhook.id(), now());
            senders.execute(() -> answer.complete(carry(webhook, message)));
        });
        return answer;
    }

    /** What it did, of webhooks that are these; any thread may ask. */
    WebhookStatistics statistics(Collection<Webhook> webhooks) {
        long stopped =
                webhooks.stream().filter(webhook -> webhook.stopped() != null).count();
        return new WebhookStatistics(
                webhooks.size(), stopped, accepted.sum(), refused.sum(), unanswered.sum(), waiting, backlog);
    }

    private void demand(CompletableFuture<?> answer, Runnable demand) {
        boolean taken = !closing
                && demands.offer(() -> {
                    try {
                        demand.run();
                    } catch (RuntimeException refused) {
                        answer.completeExceptionally(refused);
                    }
                });
        if (!taken) {
            answer.completeExceptionally(new OverloadedException(DEMANDS));
        }
        start();
        wake();
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }

    private void run() {
        boolean failing = false;
        while (!closing) {
            try {
                awaitWork(failing ? AFTER_FAULT_MILLIS : PAUSE_MILLIS);
                walk();
                failing = false;
            } catch (RuntimeException fault) {
                if (!failing && !closing) {
                    LOG.warn("Webhooks cannot be walked just now; it is tried again", fault);
                }
                failing = true;
            }
        }
        try {
            finish();
        } catch (RuntimeException fault) {
            LOG.debug("What became of the last deliveries is not written down; they are sent again", fault);
        }
    }

    private void awaitWork(long pauseMillis) {
        try {
            TimeUnit.MILLISECONDS.sleep(pauseMillis);
            boolean told = work.tryAcquire(TICK_MILLIS, TimeUnit.MILLISECONDS);
            LOG.trace("Walks {} webhooks, {}", routes.size(), told ? "told to" : "by itself");
        } catch (InterruptedException interrupted) {
            LOG.debug("Interrupted, and goes on", interrupted); // nobody ends it this way
        }
        work.drainPermits();
    }

    private void walk() {
        run(reports);
        readDefinitions();
        run(demands);
        if (node.refusal() != null) {
            return; // what became of deliveries could not be written down
        }
        RuntimeException fault = null;
        for (Route route : List.copyOf(routes.values())) {
            try {
                walk(route);
            } catch (RuntimeException failed) {
                fault = failed; // the others are walked all the same
            }
        }
        waiting = routes.values().stream()
                .mapToLong(route -> route.log().pending())
                .sum();
        backlog = routes.values().stream().mapToLong(Route::backlog).sum();
        if (fault != null) {
            throw fault;
        }
    }

    private void walk(Route route) {
        Surroundings around = surroundings(route.webhook().id());
        route.next(around).forEach(errand -> send(route, errand, null));
        stop(route);
        write(route, false);
        tidy(route.webhook().id(), around);
    }

    /** Forgets what nodes wrote that are gone for longer than anybody goes back. */
    private void tidy(String webhook, Surroundings around) {
        long now = around.nowMillis();
        if (now - tidiedAtMillis.getOrDefault(webhook, 0L) < TIDY_MILLIS) {
            return;
        }
        tidiedAtMillis.put(webhook, now);
        around.progress().forEach((writer, progress) -> {
            boolean there = writer.equals(self) || around.reachable().contains(writer);
            if (!there && now - progress.writtenAtMillis() > 2 * Route.OLDEST.toMillis()) {
                books.forget(webhook, writer);
            }
        });
    }

    private static void run(Queue<Runnable> queue) {
        for (Runnable next = queue.poll(); next != null; next = queue.poll()) {
            next.run();
        }
    }

    private void readDefinitions() {
        Map<String, Webhook> all = books.all();
        if (all == known) {
            return;
        }
        known = all;
        routes.keySet().retainAll(all.keySet());
        merged.keySet().retainAll(all.keySet());
        tidiedAtMillis.keySet().retainAll(all.keySet());
        all.forEach((id, webhook) -> {
            Route route = routes.get(id);
            if (route == null) {
                routes.put(id, begin(webhook));
            } else if (!route.webhook().equals(webhook)) {
                route.redefine(webhook, filterOf(webhook));
            }
        });
    }

    private Route begin(Webhook webhook) {
        Progress written = books.progress(webhook.id()).getOrDefault(self, Progress.NONE);
        DeliveryLog log = new DeliveryLog(books.log(webhook.id(), self));
        return new Route(
                webhook, filterOf(webhook), self, node.reader(), ticket -> service.texts(ticket, false), written, log);
    }

    /** What a filter means; one that is not understood here, where the workflow is another one perhaps, lets nothing through. */
    private TicketFilter filterOf(Webhook webhook) {
        try {
            String filter = webhook.naming(service.names()).filter();
            return WebhookEdit.filterOf(filter, workflow, service.timeRules(), now());
        } catch (InvalidChangeException refused) {
            LOG.warn("Webhook {} is told nothing by this node: {}", webhook.id(), refused.getMessage());
            return NOTHING;
        }
    }

    private Surroundings surroundings(String webhook) {
        Map<NodeId, Progress> progress = books.progress(webhook);
        Merged known = merged.get(webhook);
        if (known == null || known.parts() != progress) {
            VersionVector settled = VersionVector.EMPTY;
            for (Progress part : progress.values()) {
                settled = settled.merge(part.settled());
            }
            known = new Merged(progress, settled);
            merged.put(webhook, known);
        }
        Map<NodeId, Collection<Delivery>> logs = progress.keySet().stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        writer -> books.log(webhook, writer).values()));
        return new Surroundings(clock.millis(), reachable(), known.settled(), progress, logs);
    }

    private Set<NodeId> reachable() {
        Set<NodeId> reachable = node.mesh().members().stream()
                .filter(MemberStatus::reachable)
                .map(member -> member.member().node())
                .collect(Collectors.toSet());
        reachable.add(self);
        return reachable;
    }

    private void send(Route route, Errand errand, @Nullable CompletableFuture<Delivery> answer) {
        Webhook webhook = route.webhook();
        Message message =
                Message.of(errand.delivery().id(), errand.news(), (json, news) -> NewsJson.write(json, news, service));
        senders.execute(() -> {
            Reception reception = carry(webhook, message);
            count(reception);
            report(() -> {
                Delivery known = route.done(errand, reception, surroundings(webhook.id()));
                if (answer != null) {
                    answer.complete(known);
                }
            });
        });
    }

    private Reception carry(Webhook webhook, Message message) {
        try {
            WebhookUrl target = WebhookUrl.parse(webhook.url().toString());
            return courier.carry(target, message.headers(webhook.keys(), now()), message.body());
        } catch (RuntimeException refused) {
            return Reception.failed(0, "The address " + refused.getMessage());
        }
    }

    private void count(Reception reception) {
        if (reception.accepted()) {
            accepted.increment();
        } else if (reception.status() > 0) {
            refused.increment();
        } else {
            unanswered.increment();
        }
    }

    private void report(Runnable report) {
        reports.add(report);
        wake();
    }

    /** Switches off what takes nothing any more; when somebody else changed a webhook meanwhile, at the next walk. */
    private void stop(Route route) {
        Webhook.Stop stop = route.takeStop();
        if (stop == null || !route.webhook().active()) {
            return;
        }
        String id = route.webhook().id();
        LOG.warn("Webhook {} is switched off: {}", id, stop.reason());
        String etag = books.etag();
        Webhook webhook = books.current(id).filter(Webhook::active).orElse(null);
        if (webhook == null) {
            return;
        }
        CompletableFuture<Outcome> unused = books.write(
                        WebhookBooks.SYSTEM, webhook.stopped(stop.at(), stop.reason()), etag)
                .whenComplete((outcome, failure) -> report(() -> {
                    if (!isKept(outcome)) {
                        route.giveStopBack();
                    }
                }));
    }

    private void write(Route route, boolean last) {
        long now = clock.millis();
        if (!route.wantsToWrite(now, last)) {
            return;
        }
        String id = route.webhook().id();
        Map<String, Delivery> log = route.log().takeUnwritten();
        Progress progress = route.beginWriting(now);
        CompletableFuture<Outcome> logged =
                log.isEmpty() ? CompletableFuture.completedFuture(null) : books.write(id, self, log);
        CompletableFuture<Outcome> noted = logged.isCompletedExceptionally()
                ? logged
                : books.write(id, self, progress); // behind the log: who knows the one knows the other
        CompletableFuture<Outcome> unused = noted.whenComplete((outcome, failure) -> report(
                () -> route.written(isKept(outcome) && (log.isEmpty() || isKept(logged.getNow(null))), log.keySet())));
    }

    private static boolean isKept(@Nullable Outcome outcome) {
        return outcome != null && !(outcome instanceof Outcome.Refused);
    }

    /** Waits a moment for what is under way, and writes down what became of it. */
    private void finish() {
        senders.shutdown();
        try {
            if (!senders.awaitTermination(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                senders.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            senders.shutdownNow();
        }
        run(reports);
        routes.values().forEach(route -> write(route, true));
    }

    /**
     * Waits a second for what is under way; what is cut off then is sent again under the same id, by this node or another one. To be
     * called while the node still takes writes.
     */
    @Override
    public void close() {
        synchronized (this) {
            closing = true;
        }
        wake();
        try {
            if (Thread.currentThread() != thread) {
                TimeUnit.MILLISECONDS.timedJoin(thread, 2 * PATIENCE_MILLIS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        senders.shutdownNow();
    }
}
