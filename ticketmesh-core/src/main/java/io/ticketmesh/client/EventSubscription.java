package io.ticketmesh.client;

import io.ticketmesh.feed.FeedMark;
import io.ticketmesh.json.InvalidJsonException;
import io.ticketmesh.json.Json;
import io.ticketmesh.json.JsonLimits;
import io.ticketmesh.json.JsonValue;
import io.ticketmesh.json.MalformedJsonException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to events until it is closed. When a stream breaks, or nothing is heard for {@link TicketMeshClient.Builder#streamSilence}, the next
 * server is asked to go on after the last event that the listener has heard; when all have failed there is a pause, of 25 ms at first and
 * of about two seconds at last. Thread-safe.
 */
public final class EventSubscription implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventSubscription.class);
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final int PIECE = 8_192;

    private final Line line;
    private final Call.Manner manner;
    private final Request request;
    private final RemoteEventListener listener;
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Server> tried = new ArrayList<>();
    private volatile String lastId;
    private volatile @Nullable CompletableFuture<?> sent;
    private volatile @Nullable WatchedStream stream;
    private int attempts;
    private int rounds;

    EventSubscription(Line line, Call.Manner manner, Request request, String after, RemoteEventListener listener) {
        this.line = line;
        this.manner = manner;
        this.request = request;
        this.lastId = after;
        this.listener = listener;
    }

    /** The id of the last event that the listener has heard, or of a later one that was not for it; empty when there was none. */
    public String lastId() {
        return lastId;
    }

    /**
     * Completes when it was closed, or its client, and nothing more will be heard; exceptionally, with a {@link TicketMeshClientException},
     * when a server refuses to be listened to, or sends an event larger than {@link TicketMeshClient.Builder#maxAnswer}.
     */
    public CompletionStage<@Nullable Void> ended() {
        return ended.minimalCompletionStage();
    }

    /** Ends it at once, but for a call of the listener that has begun. */
    @Override
    public void close() {
        closed.countDown();
        CompletableFuture<?> pending = sent;
        if (pending != null) {
            pending.cancel(true);
        }
        WatchedStream open = stream;
        if (open != null) {
            open.end();
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Listens until the end. */
    void run() {
        try {
            while (!isClosed()) {
                visit();
            }
            ended.complete(null);
        } catch (ClosedException over) {
            ended.complete(null);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            ended.complete(null);
        } catch (RuntimeException | Error failure) {
            ended.completeExceptionally(failure);
        } finally {
            close();
        }
    }

    /** Listens to one server for as long as it speaks. */
    private void visit() throws InterruptedException {
        Rotation.Turn turn = line.next(tried);
        if (turn == null) {
            pause(LONGEST_PAUSE_NANOS);
            return;
        }
        attempts++;
        long begin = line.nanos();
        long allowed = manner.limits().attemptNanos();
        String id = lastId;
        CompletableFuture<Reply> reply;
        try {
            reply = line.send(
                    id.isEmpty() ? request : request.with("Last-Event-ID", id), turn.server(), manner, allowed);
        } catch (RuntimeException | Error fault) {
            turn.abandoned();
            throw fault;
        }
        sent = reply;
        if (isClosed()) {
            reply.cancel(true);
        }
        Visit visit = new Visit(turn, begin);
        try {
            visit.hear(reply.get(allowed, TimeUnit.NANOSECONDS));
        } catch (TimeoutException late) {
            reply.cancel(true);
            visit.failed(
                    new HttpTimeoutException("no answer within " + TimeUnit.NANOSECONDS.toMillis(allowed) + " ms"));
        } catch (ExecutionException failure) {
            visit.failed(failure.getCause() == null ? failure : failure.getCause());
        } catch (CancellationException over) {
            turn.abandoned();
        }
    }

    /** One stream. */
    private final class Visit {
        private final Rotation.Turn turn;
        private final long begin;
        private long retryNanos = LONGEST_PAUSE_NANOS;

        Visit(Rotation.Turn turn, long begin) {
            this.turn = turn;
            this.begin = begin;
        }

        void hear(Reply reply) throws InterruptedException {
            InputStream body = reply.body().stream();
            boolean events = reply.headers()
                    .firstValue("Content-Type")
                    .filter(type -> type.startsWith("text/event-stream"))
                    .isPresent();
            if (body == null) {
                refused(reply);
            } else if (!events) {
                discard(body);
                failed(new IOException("answered " + reply.status() + " with something else than events"));
            } else {
                turn.succeeded();
                note(reply.status(), null);
                reply.headers().firstValue(Line.VERSION).ifPresent(manner.seen()::add);
                hear(body);
            }
        }

        private void hear(InputStream body) throws InterruptedException {
            WatchedStream watched =
                    line.watched(new WatchedStream(body, manner.limits().silenceNanos()));
            stream = watched;
            if (isClosed()) {
                watched.end();
            }
            EventParser parser = new EventParser(lastId, manner.limits().answerBytes(), EventSubscription.this::block);
            try (watched) {
                byte[] piece = new byte[PIECE];
                for (int count = watched.read(piece); count >= 0 && !isClosed(); count = watched.read(piece)) {
                    parser.take(piece, 0, count);
                }
                retryAfter(parser);
                goOn(new FailedAttempt(turn.server(), "ended the stream", false, null, null), 0);
            } catch (EventParser.TooLarge large) {
                throw new AnswerTooLargeException(
                        request.toString(), manner.limits().answerBytes());
            } catch (IOException | MalformedJsonException | InvalidJsonException broken) {
                retryAfter(parser);
                broke(broken);
            } finally {
                stream = null;
            }
        }

        private void retryAfter(EventParser parser) {
            if (parser.retryMillis() >= 0) {
                retryNanos = Math.min(retryNanos, TimeUnit.MILLISECONDS.toNanos(parser.retryMillis()));
            }
            if (line.nanos() - begin > LONGEST_PAUSE_NANOS) {
                rounds = 0; // it was a good one
                tried.clear();
            }
        }

        private void refused(Reply reply) throws InterruptedException {
            Problem problem = Problem.of(reply.status(), reply.body().bytes());
            long asked = Call.pauseOf(reply.headers());
            switch (Verdict.of(reply.status(), problem.code())) {
                case REFUSED -> {
                    turn.succeeded();
                    note(reply.status(), null);
                    throw RefusedException.of(problem);
                }
                case ELSEWHERE -> turn.succeeded();
                default -> turn.failed(line.nanos(), asked);
            }
            note(reply.status(), problem.toString());
            goOn(new FailedAttempt(turn.server(), problem.toString(), false, problem, null), asked);
        }

        void failed(Throwable failure) throws InterruptedException {
            String reason = String.valueOf(failure.getMessage());
            turn.failed(line.nanos(), 0);
            note(0, reason);
            goOn(new FailedAttempt(turn.server(), reason, Verdict.isUnsent(failure), null, failure), 0);
        }

        private void broke(Exception failure) throws InterruptedException {
            if (!isClosed()) {
                turn.failed(line.nanos(), 0);
            }
            String reason = String.valueOf(failure.getMessage());
            goOn(new FailedAttempt(turn.server(), reason, false, null, failure), 0);
        }

        private void goOn(FailedAttempt failure, long askedNanos) throws InterruptedException {
            if (isClosed()) {
                return;
            }
            told(() -> listener.interrupted(failure));
            tried.add(turn.server());
            if (!line.hasOther(tried)) {
                tried.clear();
                pause(Math.max(askedNanos, line.spread(FIRST_PAUSE_NANOS << Math.min(rounds++, 6), retryNanos)));
            }
        }

        private void note(int status, @Nullable String failure) {
            Duration took = Duration.ofNanos(line.nanos() - begin);
            line.note(
                    new Attempt("GET", request.target().path(), turn.server(), attempts, took, status, false, failure));
        }
    }

    private static void discard(InputStream body) {
        try {
            body.close();
        } catch (IOException gone) {
            return; // nobody reads it
        }
    }

    private void pause(long nanos) throws InterruptedException {
        if (closed.await(nanos, TimeUnit.NANOSECONDS)) {
            throw new ClosedException();
        }
    }

    private void block(String name, String data, String id) {
        if (isClosed()) {
            return;
        }
        seen(id);
        if (name.equals("reset")) {
            told(listener::reset);
        } else if (name.startsWith("ticket.")) {
            RemoteEvent event = RemoteEvent.read(id, json(data));
            told(() -> listener.happened(event));
        }
        lastId = id;
    }

    private static JsonValue json(String data) {
        byte[] bytes = data.getBytes(StandardCharsets.UTF_8);
        return Json.parse(bytes, JsonLimits.DEFAULT.withDocumentBytes(Math.max(1, bytes.length)));
    }

    /** So that whichever server the listener asks next shows what it hears of. */
    private void seen(String id) {
        try {
            manner.seen().add(FeedMark.parse(id).summary().listed());
        } catch (IllegalArgumentException notOurs) {
            LOG.trace("The id of an event is not understood", notOurs);
        }
    }

    private static void told(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException fault) {
            LOG.warn("A listener of events failed; it stays subscribed", fault);
        }
    }
}
