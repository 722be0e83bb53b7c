package io.ticketmesh.wire;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Idle sessions, for any thread. A thread looks in a few places of its own first, so threads rarely meet; when it finds none it
 * gets a new session, and one that finds no free place is dropped. Holds at most {@value #PLACES} sessions, and unlike thread
 * locals nothing in threads that live longer than the codec.
 */
final class WirePool {
    private static final int PLACES = 32;
    private static final int TRIES = 4;

    static {
        // Without this Java 24 and later warn of Kryo's use of sun.misc.Unsafe. Read once, when Kryo's first class is
        // loaded, which is after a codec has made its pool.
        if (System.getProperty("kryo.unsafe") == null) {
            System.setProperty("kryo.unsafe", "false");
        }
    }

    private final AtomicReferenceArray<WireSession> idle = new AtomicReferenceArray<>(PLACES);

    WireSession take() {
        int home = home();
        for (int i = 0; i < TRIES; i++) {
            int place = (home + i) % PLACES;
            if (idle.getPlain(place) != null) {
                WireSession session = idle.getAndSet(place, null);
                if (session != null) {
                    return session;
                }
            }
        }
        return new WireSession();
    }

    void giveBack(WireSession session) {
        int home = home();
        for (int i = 0; i < TRIES; i++) {
            if (idle.compareAndSet((home + i) % PLACES, null, session)) {
                return;
            }
        }
    }

    private static int home() {
        return (int) (Thread.currentThread().getId() & 0xFFFF) * TRIES;
    }
}
