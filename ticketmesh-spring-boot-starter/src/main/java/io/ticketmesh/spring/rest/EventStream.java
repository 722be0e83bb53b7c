package io.ticketmesh.spring.rest;

import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.feed.FeedPage;
import io.ticketmesh.feed.TicketNews;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The stream of events to one reader. It reads the feed only as fast as the reader takes it: some {@link #FULL} bytes may wait for him, and
 * what comes after is read when there is room again. One who takes nothing for too long is disconnected. Nobody waits for him: bytes are
 * written by whoever finds the connection ready, one thread at a time, and who comes meanwhile leaves it to that one. Only the container,
 * before it takes request and response back to use them for somebody else, waits until nobody touches them.
 */
final class EventStream implements WriteListener, AsyncListener {
    /** When so many bytes wait, no more are added. */
    static final int FULL = 64 * 1024;

    /** So many pages of the feed are read at a time when nothing of them is for this reader. */
    private static final int PAGES = 4;

    private final EventStreams streams;
    private final EventReader reader;
    private final Queue<byte[]> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waitingBytes = new AtomicInteger();
    private final AtomicInteger pumping = new AtomicInteger();
    private @Nullable AsyncContext context;
    private @Nullable ServletOutputStream output;

    /** Whether the connection takes bytes. */
    private volatile boolean ready;

    private volatile boolean ending;
    private volatile long movedNanos = System.nanoTime();

    /** Whether there is more to read as soon as there is room. */
    private volatile boolean behind;

    /** Held by whoever touches request or response. */
    private final Object connection = new Object();

    /** Guarded by the connection, as is the next one. */
    private boolean unflushed;

    /** Whether the container has request and response back. */
    private boolean completed;

    /** Of the thread of all streams, as are the next two. */
    private VersionVector seen;

    private VersionVector told;
    private long toldNanos = System.nanoTime();

    /**
     * @param seen what the reader has seen
     * @param first what is sent before all else
     */
    EventStream(EventStreams streams, EventReader reader, VersionVector seen, byte[]... first) {
        this.streams = streams;
        this.reader = reader;
        this.seen = seen;
        this.told = seen;
        for (byte[] frame : first) {
            offer(frame);
        }
    }

    void open(HttpServletRequest request, HttpServletResponse response) throws IOException {
        AsyncContext started = request.startAsync(request, response);
        started.setTimeout(0);
        started.addListener(this);
        context = started;
        ServletOutputStream stream = response.getOutputStream();
        output = stream;
        stream.setWriteListener(this);
    }

    /**
     * Takes over what is new. The thread of all streams calls.
     *
     * @return whether there is more that could be read at once
     */
    boolean advance(FeedRound round, long nowNanos, long keepAliveNanos, long patienceNanos) {
        if (!ready && nowNanos - movedNanos > patienceNanos) {
            end();
        }
        boolean more = !ending && read(round, nowNanos);
        if (!ending && nowNanos - toldNanos >= keepAliveNanos && hasRoom()) {
            offer(seen.equals(told) ? EventFrame.alive() : EventFrame.alive(round.mark(seen)));
            told = seen;
            toldNanos = nowNanos;
        }
        pump();
        return more;
    }

    private boolean read(FeedRound round, long nowNanos) {
        behind = false;
        for (int pages = 0; pages < PAGES; pages++) {
            FeedPage page = round.after(seen);
            if (page.gap()) {
                tell(EventFrame.reset(round.mark(page.seen())), page.seen(), nowNanos);
            }
            for (TicketNews news : page.news()) {
                if (!hasRoom()) {
                    behind = true;
                    return hasRoom(); // perhaps it was made just now
                }
                TicketNews shared = reader.share(news);
                seen = news.seen();
                if (shared != null) {
                    tell(round.frame(shared), seen, nowNanos);
                }
            }
            seen = page.seen();
            if (!page.more()) {
                return false;
            }
        }
        return true;
    }

    private void tell(byte[] frame, VersionVector after, long nowNanos) {
        offer(frame);
        seen = after;
        told = after;
        toldNanos = nowNanos;
    }

    private boolean hasRoom() {
        return waitingBytes.get() < FULL;
    }

    private void offer(byte[] frame) {
        waitingBytes.addAndGet(frame.length);
        waiting.add(frame);
    }

    /** Ends the stream as soon as nobody writes to it; does not wait. */
    void end() {
        ending = true;
        pump();
    }

    /** Sends what waits, as far as the connection takes it; who comes while another thread does leaves it to that one. */
    private void pump() {
        if (pumping.getAndIncrement() != 0) {
            return;
        }
        int calls = 1;
        while (calls != 0) {
            synchronized (connection) {
                drain();
            }
            calls = pumping.addAndGet(-calls);
        }
    }

    private void drain() {
        ServletOutputStream stream = output;
        try {
            while (stream != null && ready && !ending && !completed && write(stream)) {
                movedNanos = System.nanoTime();
                ready = false; // first, since the container may say otherwise before the next line is through
                if (stream.isReady()) {
                    ready = true;
                }
            }
        } catch (IOException | RuntimeException gone) {
            ending = true;
        }
        if (ending) {
            complete();
        } else if (behind && hasRoom()) {
            streams.wake();
        }
    }

    /** Whether there was something to write or to flush. */
    private boolean write(ServletOutputStream stream) throws IOException {
        byte[] next = waiting.poll();
        if (next != null) {
            stream.write(next);
            waitingBytes.addAndGet(-next.length);
            unflushed = true;
            return true;
        }
        boolean flushes = unflushed;
        if (flushes) {
            unflushed = false;
            stream.flush();
        }
        return flushes;
    }

    private void complete() {
        AsyncContext opened = context;
        if (completed || opened == null) {
            return;
        }
        completed = true;
        waiting.clear();
        streams.closed(this);
        try {
            opened.complete();
        } catch (IllegalStateException over) {
            return; // the container has completed it already
        }
    }

    @Override
    public void onWritePossible() {
        movedNanos = System.nanoTime();
        ready = true;
        pump();
    }

    /** The container ends it: it must not use request and response for somebody else while they are touched here. */
    private void endedByContainer() {
        ending = true;
        synchronized (connection) {
            complete();
        }
    }

    @Override
    public void onError(Throwable fault) {
        endedByContainer();
    }

    @Override
    public void onError(AsyncEvent event) {
        endedByContainer();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        endedByContainer();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        ending = true;
        synchronized (connection) {
            completed = true;
        }
        streams.closed(this);
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // nobody starts it again
    }

    /** For people. */
    @Override
    public String toString() {
        return "stream with " + waitingBytes + " bytes waiting, silent for "
                + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - movedNanos) + " ms";
    }
}
