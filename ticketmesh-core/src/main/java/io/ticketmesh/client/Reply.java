package io.ticketmesh.client;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Whatever a server answered. */
record Reply(int status, HttpHeaders headers, Body body) {
    /**
     * Sends a request and completes with the reply as soon as its body is there, on the thread that read it. The future of the JDK's client
     * takes another thread for that, and on small machines starts a new one each time; but it is what tells failures. What depends
     * on the reply must not block: the connection it came by waits.
     *
     * @param sending gives the request with a handler to the JDK's client
     */
    static CompletableFuture<Reply> early(
            BodyHandler<Body> handler, Function<BodyHandler<Body>, CompletableFuture<HttpResponse<Body>>> sending) {
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        CompletableFuture<HttpResponse<Body>> sent = sending.apply(head -> {
            BodySubscriber<Body> body = handler.apply(head);
            body.getBody().thenAccept(read -> reply.complete(new Reply(head.statusCode(), head.headers(), read)));
            return body;
        });
        CompletableFuture<?> unused = sent.whenComplete((response, failure) -> {
            if (failure == null) {
                reply.complete(new Reply(response.statusCode(), response.headers(), response.body()));
            } else {
                reply.completeExceptionally(failure);
            }
        });
        CompletableFuture<?> unusedToo = reply.whenComplete((read, failure) -> {
            if (failure != null) {
                sent.cancel(true);
            }
        });
        return reply;
    }
}
