package io.ticketmesh.spring.rest;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.node.Subscription;
import io.ticketmesh.spring.TicketMeshProperties.Events;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.web.filter.ShallowEtagHeaderFilter;

/**
 * All open streams of events, and the one thread that reads the feed for them; it starts with the first stream. When the application stops the
 * streams end before the web server waits for its requests. Thread-safe.
 */
final class EventStreams implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(EventStreams.class);
    private static final long TICK_MILLIS = 500;
    private static final long IDLE_MILLIS = 60_000;
    private static final long END_MILLIS = 1_000;

    private final Supplier<TicketMesh> node;
    private final Events settings;
    private final Set<EventStream> open = ConcurrentHashMap.newKeySet();

    /** Has permits when there may be something to do. */
    private final Semaphore news = new Semaphore(0);

    private volatile boolean stopped;

    /** Guarded by this, as is the next one; so are changes of the one before. */
    private boolean running;

    private @Nullable Thread thread;

    EventStreams(Supplier<TicketMesh> node, Events settings) {
        this.node = node;
        this.settings = settings;
    }

    /**
     * @throws ProblemException when no more streams can be opened now
     */
    synchronized void requireRoom() {
        if (!hasRoom()) {
            throw full().exception();
        }
    }

    private boolean hasRoom() {
        return !stopped && open.size() < settings.maxStreams();
    }

    private static Problem full() {
        return Problem.of(
                        ProblemKind.TOO_MANY_STREAMS,
                        "As many streams of events are open as this node allows, or it is stopping; another node may have room")
                .withHeader("Retry-After", "2");
    }

    /**
     * Takes the response over for a stream.
     *
     * @throws IllegalStateException when the application does not let responses go on after their request
     */
    void open(EventStream stream, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!request.isAsyncSupported()) {
            throw new IllegalStateException(
                    "A filter of the application does not support asynchronous requests, which streams of events are");
        }
        if (!add(stream)) {
            response.reset();
            full().at(request.getRequestURI()).reply().writeTo(request, response);
            return;
        }
        ShallowEtagHeaderFilter.disableContentCaching(request);
        try {
            stream.open(request, response);
        } catch (IOException | RuntimeException failed) {
            open.remove(stream);
            throw failed;
        }
        wake();
    }

    private synchronized boolean add(EventStream stream) {
        if (!hasRoom()) {
            return false;
        }
        open.add(stream);
        if (thread == null) {
            Thread started = new Thread(this::run, "ticketmesh-streams");
            started.setDaemon(true);
            started.start();
            thread = started;
        }
        return true;
    }

    void closed(EventStream stream) {
        open.remove(stream);
    }

    /** How many are open. */
    int size() {
        return open.size();
    }

    /** There may be something to do. */
    void wake() {
        news.release();
    }

    private void run() {
        try (Subscription subscription = node.get().subscribe(event -> wake())) {
            while (awaitWork()) {
                walk();
            }
        }
    }

    /** Waits for something to do, but not for ever; false when it is over. */
    private boolean awaitWork() {
        try {
            boolean told = news.tryAcquire(tickMillis(), TimeUnit.MILLISECONDS);
            LOG.trace("Looks at {} streams, {}", open.size(), told ? "told to" : "by itself");
        } catch (InterruptedException interrupted) {
            LOG.debug("Interrupted, and goes on", interrupted); // nobody ends it this way
        }
        news.drainPermits();
        return !stopped;
    }

    private long tickMillis() {
        long shortest =
                Math.min(settings.keepAlive().toMillis(), settings.patience().toMillis());
        return open.isEmpty() ? IDLE_MILLIS : Math.max(10, Math.min(TICK_MILLIS, shortest / 4));
    }

    private void walk() {
        FeedRound round = new FeedRound(node.get().service());
        boolean more = false;
        for (EventStream stream : open) {
            try {
                more |= stream.advance(
                        round,
                        System.nanoTime(),
                        settings.keepAlive().toNanos(),
                        settings.patience().toNanos());
            } catch (RuntimeException fault) {
                LOG.warn("A stream of events failed and is ended; its reader can go on where it stopped", fault);
                stream.end();
            }
        }
        if (more) {
            wake();
        }
    }

    @Override
    public synchronized void start() {
        running = true;
        stopped = false;
    }

    /** Ends all streams; new ones are refused until it is started again. */
    @Override
    public void stop() {
        Thread ended;
        synchronized (this) {
            running = false;
            stopped = true;
            ended = thread;
            thread = null;
        }
        wake();
        open.forEach(EventStream::end);
        if (ended != null) {
            join(ended);
        }
    }

    private static void join(Thread thread) {
        try {
            TimeUnit.MILLISECONDS.timedJoin(thread, END_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return running;
    }

    /** Before the web server, which waits for what its requests do. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE;
    }
}
