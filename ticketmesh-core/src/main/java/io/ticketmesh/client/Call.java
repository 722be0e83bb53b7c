package io.ticketmesh.client;

import io.ticketmesh.json.InvalidJsonException;
import io.ticketmesh.json.MalformedJsonException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way to an answer, attempt by attempt. Its steps follow one another, each on whatever thread the one before ended on; only
 * {@link #result} may be touched by others: who completes it ends the call.
 */
final class Call<T extends @Nullable Object> {
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Line line;
    private final Request request;
    private final Manner manner;
    private final Answer.Reader<T> reader;
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final long endNanos;
    private final long attemptNanos;
    private final List<FailedAttempt> failures = new ArrayList<>();
    private final List<Server> tried = new ArrayList<>();
    private int attempts;
    private int rounds;
    private volatile @Nullable CompletableFuture<?> sent;

    /**
     * How a request is made besides what it asks.
     *
     * @param acks the value of the header {@code TicketMesh-Acks} of writes; empty for none
     * @param ifMatch the value of the header {@code If-Match} of changes of a ticket; empty for none
     */
    record Manner(Limits limits, Seen seen, String acks, String ifMatch) {
        Manner with(Limits other) {
            return new Manner(other, seen, acks, ifMatch);
        }

        Manner with(Seen other) {
            return new Manner(limits, other, acks, ifMatch);
        }

        Manner acknowledged(String other) {
            return new Manner(limits, seen, other, ifMatch);
        }

        Manner onlyIf(String other) {
            return new Manner(limits, seen, acks, other);
        }
    }

    Call(Line line, Request request, Manner manner, Answer.Reader<T> reader) {
        this.line = line;
        this.request = request;
        this.manner = manner;
        this.reader = reader;
        Limits limits = manner.limits();
        this.endNanos = line.nanos() + (request.transfers() ? limits.transferNanos() : limits.callNanos());
        this.attemptNanos = request.transfers() ? limits.transferNanos() : limits.attemptNanos();
    }

    /** Completed with the answer, or with a {@link TicketMeshClientException}. */
    CompletableFuture<T> result() {
        return result;
    }

    /** Makes the first attempt; the rest follows. */
    void begin() {
        CompletableFuture<T> unused = result.whenComplete((value, failure) -> giveUp());
        attempt();
    }

    private void giveUp() {
        CompletableFuture<?> pending = sent;
        if (pending != null) {
            pending.cancel(true);
        }
    }

    private void attempt() {
        try {
            Rotation.Turn turn = result.isDone() ? null : line.next(tried);
            if (turn != null) {
                send(turn);
            } else if (!result.isDone()) {
                awaitServer();
            }
        } catch (RuntimeException | Error fault) {
            result.completeExceptionally(fault);
        }
    }

    /** Waits until a server is known, if one can be expected, and as long as the call may take. */
    private void awaitServer() {
        CompletableFuture<Boolean> found = line.anyServer();
        sent = found;
        long remaining = Math.max(0, endNanos - line.nanos());
        CompletableFuture<?> unused = found.copy()
                .orTimeout(remaining, TimeUnit.NANOSECONDS)
                .whenCompleteAsync((known, failure) -> {
                    if (failure == null && known) {
                        attempt();
                    } else if (failure == null) {
                        fail("no server is known");
                    } else {
                        found.cancel(false);
                        fail("no server was known in the time that the call may take, "
                                + (line.isStale() ? "and no registry answered" : "because none is registered"));
                    }
                });
        if (result.isDone()) {
            found.cancel(false);
        }
    }

    private void send(Rotation.Turn turn) {
        long begin = line.nanos();
        long remaining = endNanos - begin;
        if (remaining <= 0) {
            turn.abandoned();
            fail("its time was over");
            return;
        }
        attempts++;
        long allowed = Math.min(attemptNanos, remaining);
        CompletableFuture<Reply> response;
        try {
            response = line.send(request, turn.server(), manner, allowed);
        } catch (RuntimeException | Error fault) {
            turn.abandoned();
            throw fault;
        }
        sent = response;
        CompletableFuture<Reply> timed = response.thenApply(whole -> whole);
        CompletableFuture<?> unused = timed.orTimeout(allowed, TimeUnit.NANOSECONDS)
                .whenComplete((answer, failure) -> {
                    if (failure instanceof TimeoutException) {
                        // the thread of all timers must not carry on with the call
                        CompletableFuture<?> unusedLater = CompletableFuture.runAsync(() -> {
                            response.cancel(true);
                            ended(
                                    turn,
                                    begin,
                                    allowed,
                                    null,
                                    new HttpTimeoutException("no answer within " + millis(allowed)));
                        });
                    } else {
                        ended(turn, begin, allowed, answer, failure);
                    }
                });
        if (result.isDone()) {
            response.cancel(true);
        }
    }

    private void ended(
            Rotation.Turn turn, long begin, long allowed, @Nullable Reply response, @Nullable Throwable failure) {
        try {
            Step step = new Step(turn, begin, allowed);
            if (result.isDone()) {
                turn.abandoned();
                discard(response == null ? null : response.body().stream());
            } else if (response != null) {
                step.answered(response);
            } else {
                step.failed(failure == null ? new IOException("no answer") : causeOf(failure));
            }
        } catch (RuntimeException | Error fault) {
            turn.abandoned();
            result.completeExceptionally(fault);
        }
    }

    private static void discard(@Nullable InputStream stream) {
        try {
            if (stream != null) {
                stream.close();
            }
        } catch (IOException gone) {
            return; // nobody reads it
        }
    }

    private static Throwable causeOf(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** The end of one attempt, and what follows from it. */
    private final class Step {
        private final Rotation.Turn turn;
        private final long begin;
        private final long allowed;

        Step(Rotation.Turn turn, long begin, long allowed) {
            this.turn = turn;
            this.begin = begin;
            this.allowed = allowed;
        }

        void answered(Reply response) {
            int status = response.status();
            HttpHeaders headers = response.headers();
            boolean stale = headers.firstValue(Line.STALE).map("true"::equals).orElse(false);
            headers.firstValue(Line.VERSION).ifPresent(manner.seen()::add);
            Body body = response.body();
            if (status >= 200 && status < 300) {
                read(new Answer(status, headers, body.bytes(), body.stream()), stale);
                return;
            }
            Problem problem = Problem.of(status, body.bytes());
            String failure = status < 400 ? status + ": a redirection, which is not followed" : problem.toString();
            Verdict verdict = Verdict.of(status, problem.code());
            switch (verdict) {
                case REFUSED -> {
                    turn.succeeded();
                    note(status, stale, null);
                    refused(problem, headers, body.bytes());
                }
                case ELSEWHERE -> {
                    turn.succeeded();
                    note(status, stale, failure);
                    FailedAttempt attempt = new FailedAttempt(turn.server(), failure, false, problem, null);
                    goOn(attempt, request.repeatable() || !request.transfers(), pauseOf(headers));
                }
                default -> {
                    turn.failed(line.nanos(), pauseOf(headers));
                    note(status, stale, failure);
                    goOn(new FailedAttempt(turn.server(), failure, false, problem, null), pauseOf(headers));
                }
            }
        }

        private void read(Answer answer, boolean stale) {
            T value;
            try {
                value = reader.read(answer);
            } catch (MalformedJsonException | InvalidJsonException | IllegalArgumentException unreadable) {
                String failure =
                        "answered " + answer.status() + " with what cannot be read: " + unreadable.getMessage();
                turn.failed(line.nanos(), 0);
                note(answer.status(), stale, failure);
                goOn(new FailedAttempt(turn.server(), failure, false, null, unreadable), 0);
                return;
            }
            turn.succeeded();
            note(answer.status(), stale, null);
            if (!result.complete(value)) {
                discard(value instanceof InputStream stream ? stream : answer.stream());
            }
        }

        private void refused(Problem problem, HttpHeaders headers, byte[] body) {
            boolean uncertain = failures.stream().anyMatch(earlier -> !earlier.unsent());
            if (request.accepted().contains(problem.code())
                    || uncertain && request.done().contains(problem.code())) {
                result.complete(reader.read(new Answer(problem.status(), headers, body, null)));
            } else {
                result.completeExceptionally(RefusedException.of(problem));
            }
        }

        void failed(Throwable failure) {
            RuntimeException unreadable = Source.faultOf(failure);
            if (unreadable != null) {
                turn.abandoned();
                note(0, false, "what was to be sent could not be read");
                result.completeExceptionally(unreadable);
                return;
            }
            if (failure instanceof BoundedBody.TooLarge) {
                turn.succeeded();
                note(0, false, failure.getMessage());
                result.completeExceptionally(new AnswerTooLargeException(
                        request.toString(), manner.limits().answerBytes()));
                return;
            }
            boolean cutShort = failure instanceof HttpTimeoutException && allowed < attemptNanos;
            if (cutShort) {
                turn.abandoned(); // it had less time than a server may take
            } else {
                turn.failed(line.nanos(), 0);
            }
            String reason = failure.getMessage() == null
                    ? failure.getClass().getSimpleName()
                    : String.valueOf(failure.getMessage());
            note(0, false, reason);
            goOn(new FailedAttempt(turn.server(), reason, Verdict.isUnsent(failure), null, failure), 0);
        }

        private void note(int status, boolean stale, @Nullable String failure) {
            Duration took = Duration.ofNanos(line.nanos() - begin);
            line.note(new Attempt(
                    request.method(), request.target().path(), turn.server(), attempts, took, status, stale, failure));
        }
    }

    /** How long the server asks to be left alone; at most a minute, and 0 when it does not. */
    static long pauseOf(HttpHeaders headers) {
        return headers.firstValue("Retry-After")
                .filter(value -> value.matches("[0-9]{1,9}"))
                .map(seconds -> TimeUnit.SECONDS.toNanos(Math.min(60, Long.parseLong(seconds))))
                .orElse(0L);
    }

    private void goOn(FailedAttempt failure, long askedNanos) {
        goOn(failure, request.repeatable() || failure.unsent(), askedNanos);
    }

    /**
     * Goes on with the next server at once; when all have been tried, after a pause with the first.
     *
     * @param harmless whether nothing can be carried out twice by that
     */
    private void goOn(FailedAttempt failure, boolean harmless, long askedNanos) {
        failures.add(failure);
        tried.add(failure.server());
        if (!harmless) {
            fail("it may have been carried out, and cannot be repeated");
        } else if (attempts >= manner.limits().attempts()) {
            fail("after " + attempts + " attempts");
        } else if (line.hasOther(tried)) {
            attempt();
        } else if (failures.stream().allMatch(Call::isForGood)) {
            fail("no server has room");
        } else {
            tried.clear();
            pause(Math.max(askedNanos, line.spread(FIRST_PAUSE_NANOS << Math.min(rounds++, 5), LONGEST_PAUSE_NANOS)));
        }
    }

    /** Whether to ask that server once more would be to hear the same: it says so itself, with 507. */
    private static boolean isForGood(FailedAttempt failure) {
        Problem problem = failure.problem();
        return problem != null && problem.code().equals("no-room");
    }

    private void pause(long nanos) {
        if (nanos - (endNanos - line.nanos()) >= 0) {
            fail("in the " + millis(manner.limits().callNanos()) + " that a call may take");
        } else {
            CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS).execute(this::attempt);
        }
    }

    private void fail(String why) {
        FailedAttempt last = failures.isEmpty() ? null : failures.get(failures.size() - 1);
        Problem said = last == null ? null : last.problem();
        boolean allAnswered = failures.stream().allMatch(failure -> {
            Problem problem = failure.problem();
            return problem != null && !problem.code().isEmpty();
        });
        result.completeExceptionally(
                said != null && allAnswered
                        ? new UnavailableException(said, failures)
                        : new UnreachableException(request.toString(), why, failures));
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%,d ms", TimeUnit.NANOSECONDS.toMillis(nanos));
    }
}
