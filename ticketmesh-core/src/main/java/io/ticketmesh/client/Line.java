package io.ticketmesh.client;

import io.ticketmesh.client.Call.Manner;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all calls of a client share: HTTP, the servers, the limits, the counters. Thread-safe.
 *
 * <p>The JDK's client has no {@code close} before Java 21, so its worker threads are of a pool that is ended here, its connections end with
 * the calls that use them or when idle, and its selector thread ends when nothing refers to it any more, which is why it is let go.
 */
final class Line {
    static final String VERSION = "TicketMesh-Version";
    static final String STALE = "TicketMesh-Stale";

    private static final Logger LOG = LoggerFactory.getLogger(Line.class);
    private static final long IDLE_SECONDS = 10;
    private static final AtomicInteger CLIENTS = new AtomicInteger();

    private final ServerDirectory directory;
    private final Rotation rotation;
    private final Map<String, String> headers;
    private final List<AttemptListener> listeners;
    private final CallListeners companions;
    private final int maxCalls;
    private final ExecutorService workers;
    private volatile @Nullable HttpClient http;

    private final AtomicInteger underWay = new AtomicInteger();
    private final Map<Long, CompletableFuture<?>> results = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final Set<WatchedStream> streams = ConcurrentHashMap.newKeySet();
    private final Set<EventSubscription> subscriptions = ConcurrentHashMap.newKeySet();
    private final LongAdder calls = new LongAdder();
    private final LongAdder failedCalls = new LongAdder();
    private final LongAdder rejectedCalls = new LongAdder();
    private final LongAdder attempts = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder staleAnswers = new LongAdder();

    Line(
            ServerDirectory directory,
            Rotation rotation,
            Map<String, String> headers,
            List<AttemptListener> listeners,
            CallListeners companions,
            int maxCalls,
            Consumer<HttpClient.Builder> configuration) {
        this.directory = directory;
        this.rotation = rotation;
        this.headers = Map.copyOf(headers);
        this.listeners = List.copyOf(listeners);
        this.companions = companions;
        this.maxCalls = maxCalls;
        this.workers = newWorkers("ticketmesh-client-" + CLIENTS.incrementAndGet());
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(2));
        configuration.accept(builder);
        this.http = builder.followRedirects(HttpClient.Redirect.NEVER)
                .executor(workers)
                .build();
    }

    private static ExecutorService newWorkers(String name) {
        AtomicInteger number = new AtomicInteger();
        return new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE, // calls are bounded, and with them what they need
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                task -> {
                    Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                },
                (task, ended) -> task.run()); // what is left to tidy up after the end
    }

    /** Begins a call. What it comes to is completed on a thread that must not block; see {@link #aside}. */
    <T extends @Nullable Object> CompletableFuture<T> call(Request request, Manner manner, Answer.Reader<T> reader) {
        if (http == null) {
            return CompletableFuture.failedFuture(new ClosedException());
        }
        if (underWay.incrementAndGet() > maxCalls) {
            underWay.decrementAndGet();
            rejectedCalls.increment();
            return CompletableFuture.failedFuture(new BusyException(maxCalls));
        }
        calls.increment();
        CallListeners.Accompanied accompanied = companions.begun(request);
        Call<T> call = new Call<>(this, accompanied.request(), manner, reader);
        CompletableFuture<T> result = call.result();
        long number = numbers.incrementAndGet();
        results.put(number, result);
        CompletableFuture<T> unused = result.whenComplete((value, failure) -> {
            results.remove(number);
            underWay.decrementAndGet();
            accompanied.ended(failure);
            if (failure instanceof UnreachableException || failure instanceof UnavailableException) {
                failedCalls.increment();
            }
        });
        call.begin();
        if (http == null) {
            result.completeExceptionally(new ClosedException()); // closed meanwhile
        }
        return result;
    }

    /** The same result, completed on a thread that may do what it likes. */
    <T extends @Nullable Object> CompletableFuture<T> aside(CompletableFuture<T> result) {
        CompletableFuture<T> shown = new CompletableFuture<>();
        CompletableFuture<?> unused = result.whenCompleteAsync(
                (value, failure) -> {
                    if (failure != null) {
                        shown.completeExceptionally(failure);
                    } else {
                        shown.complete(value);
                    }
                },
                workers);
        CompletableFuture<?> unusedToo = shown.whenComplete((value, failure) -> {
            if (shown.isCancelled()) {
                result.cancel(true);
            }
        });
        return shown;
    }

    /** Watches over a stream until it ends; it counts as a call so long. */
    WatchedStream watched(WatchedStream stream) {
        underWay.incrementAndGet();
        streams.add(stream);
        stream.onEnd(() -> {
            streams.remove(stream);
            underWay.decrementAndGet();
        });
        if (http == null) {
            stream.end();
        }
        return stream;
    }

    /** Lets a subscription listen on a thread of its own, until it ends or the client is closed. */
    EventSubscription listen(EventSubscription subscription) {
        if (http == null) {
            throw new ClosedException();
        }
        subscriptions.add(subscription);
        workers.execute(() -> {
            try {
                subscription.run();
            } finally {
                subscriptions.remove(subscription);
            }
        });
        if (http == null) {
            subscription.close(); // closed meanwhile
        }
        return subscription;
    }

    long nanos() {
        return System.nanoTime();
    }

    /** At random between half of {@code nanos} and all of it, and at most {@code longest}. */
    long spread(long nanos, long longest) {
        long most = Math.min(nanos, longest);
        return most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1);
    }

    Rotation.@Nullable Turn next(Collection<Server> tried) {
        rotation.follow(directory.listing());
        return rotation.next(tried, nanos());
    }

    boolean hasOther(Collection<Server> tried) {
        rotation.follow(directory.listing());
        return rotation.hasOther(tried, nanos());
    }

    /** Completes with whether a server is known after all. */
    CompletableFuture<Boolean> anyServer() {
        return directory.anyServer();
    }

    List<Server> servers() {
        return directory.listing().servers();
    }

    /** Whether the list of servers may be out of date. */
    boolean isStale() {
        return directory.listing().stale();
    }

    CompletableFuture<Reply> send(Request request, Server server, Manner manner, long allowedNanos) {
        HttpClient client = http;
        if (client == null) {
            throw new ClosedException();
        }
        HttpRequest.Builder message = HttpRequest.newBuilder(
                        URI.create(server.address().toString() + request.target()))
                .timeout(Duration.ofNanos(allowedNanos))
                .method(request.method(), request.body().get());
        headers.forEach(message::setHeader);
        request.headers().forEach(message::setHeader);
        String seen = manner.seen().token();
        if (!seen.isEmpty()) {
            message.setHeader(VERSION, seen);
        }
        if (!manner.acks().isEmpty() && request.waits()) {
            message.setHeader("TicketMesh-Acks", manner.acks());
        }
        long limit = manner.limits().answerBytes();
        boolean download = request.transfers() && !request.writes();
        HttpRequest whole = message.build();
        return Reply.early(
                download ? Body.streamed(limit) : Body.inMemory(limit), handler -> client.sendAsync(whole, handler));
    }

    void note(Attempt attempt) {
        attempts.increment();
        if (attempt.number() > 1) {
            retries.increment();
        }
        if (attempt.stale()) {
            staleAnswers.increment();
        }
        for (AttemptListener listener : listeners) {
            try {
                listener.attempted(attempt);
            } catch (RuntimeException fault) {
                LOG.warn("A listener of attempts failed", fault);
            }
        }
    }

    ClientStatistics statistics() {
        return new ClientStatistics(
                calls.sum(),
                failedCalls.sum(),
                rejectedCalls.sum(),
                attempts.sum(),
                retries.sum(),
                rotation.quarantines(),
                staleAnswers.sum(),
                underWay.get(),
                rotation.size(),
                rotation.troubled(),
                isStale());
    }

    /** Ends all that is under way, and all threads. */
    void close() {
        HttpClient client = http;
        http = null;
        results.values().forEach(result -> result.completeExceptionally(new ClosedException()));
        subscriptions.forEach(EventSubscription::close);
        streams.forEach(WatchedStream::end);
        directory.close();
        if (client != null) {
            shutDown(client);
        }
        workers.shutdown();
    }

    /** Java 21 and newer can end the client's own thread at once. */
    private static void shutDown(HttpClient client) {
        try {
            HttpClient.class.getMethod("shutdownNow").invoke(client);
        } catch (NoSuchMethodException olderJava) {
            LOG.trace("The thread of the HTTP client ends when it is collected");
        } catch (ReflectiveOperationException fault) {
            LOG.debug("The HTTP client could not be ended", fault);
        }
    }
}
