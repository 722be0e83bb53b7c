package io.ticketmesh.registry;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Clients that wait for a change. Each hears of one, and watches again when it has asked for the list, so a watch never brings more than
 * one packet to an address. Owned by the registry.
 */
final class Watchers {
    private final int max;
    /** Those that began first first, so that they also end first. */
    private final Map<InetSocketAddress, Watcher> watchers = new LinkedHashMap<>();

    Watchers(int max) {
        this.max = max;
    }

    record Watcher(InetSocketAddress address, long request, long until) {}

    /** Whether there was room. */
    boolean add(InetSocketAddress address, long request, long nowMillis) {
        expire(nowMillis);
        watchers.remove(address);
        if (watchers.size() >= max) {
            return false;
        }
        watchers.put(address, new Watcher(address, request, nowMillis + Times.WATCH));
        return true;
    }

    /** Those to be told now; none of them watches any more. */
    List<Watcher> take(long nowMillis) {
        expire(nowMillis);
        List<Watcher> taken = new ArrayList<>(watchers.values());
        watchers.clear();
        return taken;
    }

    void expire(long nowMillis) {
        Iterator<Watcher> oldest = watchers.values().iterator();
        while (oldest.hasNext() && oldest.next().until() <= nowMillis) {
            oldest.remove();
        }
    }

    int size() {
        return watchers.size();
    }
}
