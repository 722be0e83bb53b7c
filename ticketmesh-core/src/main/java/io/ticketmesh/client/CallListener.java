package io.ticketmesh.client;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Accompanies every call from its beginning to its end: for traces and observations. */
@FunctionalInterface
public interface CallListener {
    /**
     * A call begins. Called by the thread that calls, before anything is sent; must not block. What it throws is logged and otherwise ignored.
     *
     * @param method of HTTP
     * @param path without the query
     * @param headers takes headers, by name and value, that every attempt of the call carries; only until this returns
     * @return is told of the end
     */
    Ending begun(String method, String path, BiConsumer<String, String> headers);

    /** The end of one call. */
    @FunctionalInterface
    interface Ending {
        /**
         * Called once, by any thread, while the caller hears of the end; must not block. What it throws is logged and otherwise ignored.
         *
         * @param failure what the call ends with; null for an answer
         */
        void ended(@Nullable Throwable failure);
    }
}
