package io.ticketmesh.seal;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The windows of the streams that were heard last. Only a packet that opened makes a window, so strangers cannot displace the
 * windows of members. Thread-safe.
 */
final class ReplayWindows {
    /** With 4 kB each this is 1 MB. A stream displaced by newer ones is begun anew when it is heard again. */
    static final int MAX_STREAMS = 256;

    private final Map<Long, ReplayWindow> windows = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, ReplayWindow> eldest) {
            return size() > MAX_STREAMS;
        }
    };

    synchronized boolean isFresh(long stream, long counter) {
        ReplayWindow window = windows.get(stream);
        return window == null || window.isFresh(counter);
    }

    synchronized boolean mark(long stream, long counter) {
        return windows.computeIfAbsent(stream, key -> new ReplayWindow()).mark(counter);
    }
}
