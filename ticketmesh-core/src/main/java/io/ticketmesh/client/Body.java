package io.ticketmesh.client;

import java.io.InputStream;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer: in memory, or, when that was asked for and the answer is a success, a stream.
 *
 * @param bytes empty for a stream
 */
record Body(byte[] bytes, @Nullable InputStream stream) {
    /** Takes bodies of at most {@code limit} bytes into memory; fails with {@link BoundedBody.TooLarge} when one has more. */
    static BodyHandler<Body> inMemory(long limit) {
        return head -> whole(limit);
    }

    /** Hands out the bodies of successes as streams; takes others into memory. */
    static BodyHandler<Body> streamed(long limit) {
        return head -> head.statusCode() == 200
                ? BodySubscribers.mapping(BodySubscribers.ofInputStream(), stream -> new Body(new byte[0], stream))
                : whole(limit);
    }

    private static BodySubscriber<Body> whole(long limit) {
        return BodySubscribers.mapping(new BoundedBody(limit), bytes -> new Body(bytes, null));
    }
}
