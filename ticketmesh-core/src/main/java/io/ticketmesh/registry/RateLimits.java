package io.ticketmesh.registry;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A bucket for each address that was heard last. Only packets that were made with the secret come here, so strangers can neither use
 * up what an address may send nor displace it. Owned by the registry.
 */
final class RateLimits {
    static final int MAX_ADDRESSES = 4_096;

    private final int perSecond;
    private final Map<InetAddress, TokenBucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, TokenBucket> eldest) {
            return size() > MAX_ADDRESSES;
        }
    };

    RateLimits(int perSecond) {
        this.perSecond = perSecond;
    }

    TokenBucket of(InetAddress address, long nowMillis) {
        return buckets.computeIfAbsent(address, key -> new TokenBucket(perSecond, nowMillis));
    }

    int size() {
        return buckets.size();
    }
}
