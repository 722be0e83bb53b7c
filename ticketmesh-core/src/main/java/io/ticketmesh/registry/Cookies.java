package io.ticketmesh.registry;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.seal.Hmac;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;

/**
 * Cookies of one run of a registry: bound to address, port and instance, good for 15 to 30 seconds, and not stored. Their key is
 * random and replaced every 15 seconds, so those of an earlier run, or of another registry, are worth nothing. Owned by the registry.
 */
final class Cookies {
    private static final int KEY_BYTES = 32;
    private static final int MAX_ADDRESS_BYTES = 16;

    private final RandomGenerator random;
    private Mac current;
    private Mac previous;
    private long rotatedAt;
    private long issued;

    /** @param random unpredictable, where it matters */
    Cookies(RandomGenerator random, long nowMillis) {
        this.random = random;
        this.current = freshKey();
        this.previous = freshKey();
        this.rotatedAt = nowMillis;
    }

    Cookie issue(InetSocketAddress source, NodeId node, long nowMillis) {
        rotate(nowMillis);
        long issue = ++issued;
        long session = random.nextLong();
        return proven(current, issue, session == 0 ? 1 : session, source, node);
    }

    boolean isGood(Cookie cookie, InetSocketAddress source, NodeId node, long nowMillis) {
        rotate(nowMillis);
        return cookie.equals(proven(current, cookie.issue(), cookie.session(), source, node))
                || cookie.equals(proven(previous, cookie.issue(), cookie.session(), source, node));
    }

    private void rotate(long nowMillis) {
        long age = nowMillis - rotatedAt;
        if (age >= Times.COOKIE_KEY) {
            previous = age >= 2 * Times.COOKIE_KEY ? freshKey() : current;
            current = freshKey();
            rotatedAt = nowMillis;
        }
    }

    private static Cookie proven(Mac key, long issue, long session, InetSocketAddress source, NodeId node) {
        byte[] address = source.getAddress().getAddress();
        ByteBuffer bound = ByteBuffer.allocate(5 * Long.BYTES + MAX_ADDRESS_BYTES)
                .putLong(issue)
                .putLong(session)
                .putLong(node.high())
                .putLong(node.low())
                .putInt(address.length)
                .putInt(source.getPort())
                .put(address);
        key.update(bound.array());
        ByteBuffer proof = ByteBuffer.wrap(key.doFinal());
        return new Cookie(issue, session, proof.getLong(), proof.getLong());
    }

    private Mac freshKey() {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return Hmac.of(key);
    }
}
