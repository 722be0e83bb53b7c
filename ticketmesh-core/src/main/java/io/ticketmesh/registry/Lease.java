package io.ticketmesh.registry;

import java.net.InetSocketAddress;

/** The registration of one server, running or remembered. Owned by {@link Leases}. */
final class Lease {
    final long session;
    /** Of the cookie that the session began with: a session never gives way to an older one. */
    final long issue;

    final InetSocketAddress source;
    final CounterWindow window = new CounterWindow();
    final TokenBucket bucket;

    private Entry entry;
    private long renewedAt;
    private boolean running = true;
    private long endedAt;

    Lease(Entry entry, Cookie cookie, InetSocketAddress source, TokenBucket bucket, long nowMillis) {
        this.session = cookie.session();
        this.issue = cookie.issue();
        this.source = source;
        this.bucket = bucket;
        this.entry = entry.withLate(false);
        this.renewedAt = nowMillis;
    }

    Entry entry() {
        return entry;
    }

    Place place() {
        return new Place(entry.late(), entry.node());
    }

    boolean isRunning() {
        return running;
    }

    boolean isLate() {
        return entry.late();
    }

    long endedAt() {
        return endedAt;
    }

    long silence(long nowMillis) {
        return nowMillis - renewedAt;
    }

    void renew(long nowMillis) {
        renewedAt = nowMillis;
    }

    /** Takes what is newer; what is older came late. */
    void replace(Entry newer) {
        if (newer.revision() - entry.revision() > 0) {
            entry = newer.withLate(entry.late());
        }
    }

    void setLate(boolean value) {
        entry = entry.withLate(value);
    }

    void end(long nowMillis) {
        running = false;
        endedAt = nowMillis;
    }
}
