package io.ticketmesh.transport.jgroups;

import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts how often it was made from bytes. Whoever can make one here could make anything. */
final class Canary implements Serializable {
    static final AtomicInteger MADE = new AtomicInteger();
    private static final long serialVersionUID = 1;

    private void readObject(ObjectInputStream stream) {
        MADE.incrementAndGet();
    }
}
