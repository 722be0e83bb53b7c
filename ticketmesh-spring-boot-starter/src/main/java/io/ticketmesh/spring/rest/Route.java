package io.ticketmesh.spring.rest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One path with what its methods do.
 *
 * @param pattern flat, with variables in braces
 * @param actions by method, HEAD not among them
 */
record Route(String pattern, Map<String, Action> actions) {
    /** Carries a call out. */
    @FunctionalInterface
    interface Action {
        /**
         * @throws Exception any: it becomes a problem
         */
        Reply answer(Call call) throws Exception;
    }

    Route {
        actions = new LinkedHashMap<>(actions);
    }

    static Route to(String pattern) {
        return new Route(pattern, Map.of());
    }

    Route on(String method, Action action) {
        Map<String, Action> more = new LinkedHashMap<>(actions);
        more.put(method, action);
        return new Route(pattern, more);
    }

    /** All methods that are answered, for the header {@code Allow}. */
    List<String> allowed() {
        List<String> allowed = new ArrayList<>(actions.keySet());
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        allowed.add("OPTIONS");
        return allowed;
    }
}
