package io.ticketmesh.client;

import io.ticketmesh.client.CallListener.Ending;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All who accompany the calls of a client. One that fails disturbs neither the call nor the others. Immutable. */
record CallListeners(List<CallListener> all) {
    private static final Logger LOG = LoggerFactory.getLogger(CallListeners.class);

    CallListeners {
        all = List.copyOf(all);
    }

    /** A request as it is to be sent, and who is told of its end. */
    record Accompanied(Request request, List<Ending> endings) {
        void ended(@Nullable Throwable failure) {
            for (Ending ending : endings) {
                try {
                    ending.ended(failure);
                } catch (RuntimeException fault) {
                    LOG.warn("A listener of calls failed", fault);
                }
            }
        }
    }

    Accompanied begun(Request request) {
        if (all.isEmpty()) {
            return new Accompanied(request, List.of());
        }
        Map<String, String> headers = new LinkedHashMap<>(request.headers());
        List<Ending> endings = new ArrayList<>();
        for (CallListener listener : all) {
            try {
                endings.add(listener.begun(request.method(), request.target().path(), headers::put));
            } catch (RuntimeException fault) {
                LOG.warn("A listener of calls failed", fault);
            }
        }
        return new Accompanied(request.with(headers), endings);
    }
}
