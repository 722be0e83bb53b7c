package io.ticketmesh.spring.registry;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.springframework.context.ApplicationListener;
import org.springframework.web.context.support.ServletRequestHandledEvent;

/** When the endpoints of this server were called last. Told by Spring MVC at the end of each request. Thread-safe. */
final class LastCall implements ApplicationListener<ServletRequestHandledEvent> {
    private final List<String> roots;
    private final LongSupplier nanos;
    private final AtomicLong last;

    /**
     * @param roots paths whose requests count, with all that is below them; others, such as those of a monitor, do not
     * @param nanos the time; monotonic
     */
    LastCall(List<String> roots, LongSupplier nanos) {
        this.roots = List.copyOf(roots);
        this.nanos = nanos;
        this.last = new AtomicLong(nanos.getAsLong() - Long.MAX_VALUE / 2);
    }

    @Override
    public void onApplicationEvent(ServletRequestHandledEvent event) {
        String path = event.getRequestUrl();
        if (roots.stream().anyMatch(root -> path.equals(root) || path.startsWith(root + "/"))) {
            last.set(nanos.getAsLong());
        }
    }

    /** For how long nobody has called. */
    long quietNanos() {
        return nanos.getAsLong() - last.get();
    }
}
