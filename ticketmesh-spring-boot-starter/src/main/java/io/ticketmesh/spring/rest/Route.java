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
 * @param choosesItself whether the actions look themselves which media types the client takes
 * @param isFile whether this is a file of the console, which is the same for everybody and tells nothing of the node
 */
record Route(String pattern, Map<String, Action> actions, boolean choosesItself, boolean isFile) {
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
        return new Route(pattern, Map.of(), false, false);
    }

    Route choosingItself() {
        return new Route(pattern, actions, true, isFile);
    }

    Route asFile() {
        return new Route(pattern, actions, true, true);
    }

    Route on(String method, Action action) {
        Map<String, Action> more = new LinkedHashMap<>(actions);
        more.put(method, action);
        return new Route(pattern, more, choosesItself, isFile);
    }

    /** The action, after a look whether the client takes what it answers. What answers nothing, or chooses itself, is not asked. */
    Action negotiating(String method, Action action) {
        boolean silent = method.equals("DELETE") || method.equals("PUT");
        if (silent || choosesItself) {
            return action;
        }
        return call -> {
            Accepted.of(call).requireJson();
            return action.answer(call);
        };
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
