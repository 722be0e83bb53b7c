package io.ticketmesh.client;

import io.ticketmesh.client.Call.Manner;
import java.io.InputStream;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks servers in one manner, and knows where they have what is asked for; shared by the groups of words of one client. Immutable.
 *
 * @param ticketsPath where servers have the tickets
 * @param systemPath where servers tell of themselves
 * @param aside whether what depends on the futures may block
 */
record Conversation(Line line, Manner manner, String ticketsPath, String systemPath, boolean aside) {
    static final Answer.Reader<@Nullable Void> NOTHING = answer -> null;

    Conversation with(Manner other) {
        return new Conversation(line, other, ticketsPath, systemPath, aside);
    }

    /** The same for callers who do what they like with the futures. */
    Conversation forCallers() {
        return new Conversation(line, manner, ticketsPath, systemPath, true);
    }

    <T extends @Nullable Object> CompletableFuture<T> ask(Supplier<Request> request, Answer.Reader<T> reader) {
        return ask(manner, request, reader);
    }

    /** The same in another manner. */
    <T extends @Nullable Object> CompletableFuture<T> ask(
            Manner other, Supplier<Request> request, Answer.Reader<T> reader) {
        try {
            CompletableFuture<T> result = line.call(request.get(), other, reader);
            return aside ? line.aside(result) : result;
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    /** Changes a ticket, in the state that the manner names if it names one. */
    <T extends @Nullable Object> CompletableFuture<T> change(Supplier<Request> request, Answer.Reader<T> reader) {
        String etag = manner.ifMatch();
        return etag.isEmpty() ? ask(request, reader) : ask(() -> request.get().onlyIf(etag), reader);
    }

    /** The body of an answer that is a stream, which ends when it is silent for too long, or with the client. */
    InputStream watched(Answer answer) {
        InputStream stream = answer.stream();
        if (stream == null) {
            throw new IllegalStateException("A download is a stream");
        }
        return line.watched(new WatchedStream(stream, manner.limits().silenceNanos()));
    }

    Target tickets() {
        return Target.at(ticketsPath);
    }

    Target ticket(String reference) {
        return tickets().with(reference);
    }

    /** What belongs to a ticket, deleted or not. */
    Target shown(String reference, String part) {
        return ticket(reference).with(part).and("deleted", "true");
    }

    Target system(String part) {
        return Target.at(systemPath).with(part);
    }

    /** A key under which a write is carried out once, however often and wherever it is sent. */
    static String newKey() {
        return UUID.randomUUID().toString();
    }
}
