package io.ticketmesh.spring.rest;

import io.ticketmesh.spring.rest.Causality.Seen;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Makes a router function of routes. Behind each path's methods stands an answer for all others, and behind all paths one for every
 * path below the roots, so that nothing there is left to the application's own error pages.
 */
final class Routes {
    private final Desk desk;
    private final Gate gate;

    Routes(Desk desk, Gate gate) {
        this.desk = desk;
        this.gate = gate;
    }

    /**
     * @param roots the paths below which all is ours
     * @param routes the earlier one counts when several match
     */
    RouterFunction<ServerResponse> router(List<String> roots, List<Route> routes) {
        RouterFunctions.Builder router = RouterFunctions.route();
        for (Route route : routes) {
            route.actions().forEach((method, action) -> {
                HandlerFunction<ServerResponse> handler =
                        route.isFile() ? fileHandler(action) : handler(route.negotiating(method, action));
                router.route(at(method, route), handler);
                if (method.equals("GET")) {
                    router.route(at("HEAD", route), handler);
                }
            });
            router.route(RequestPredicates.path(route.pattern()), handler(call -> otherMethod(call, route)));
        }
        for (String root : roots) {
            router.route(RequestPredicates.path(root + "/**"), handler(call -> {
                throw Problem.of(ProblemKind.NOT_FOUND, "There is nothing at this path")
                        .exception();
            }));
        }
        return router.build();
    }

    private static org.springframework.web.servlet.function.RequestPredicate at(String method, Route route) {
        return RequestPredicates.method(HttpMethod.valueOf(method)).and(RequestPredicates.path(route.pattern()));
    }

    private static Reply otherMethod(Call call, Route route) {
        String allowed = String.join(", ", route.allowed());
        if (call.method().equals("OPTIONS")) {
            return Reply.empty(204).with("Allow", allowed);
        }
        throw Problem.of(ProblemKind.METHOD_NOT_ALLOWED, "This path answers to " + allowed)
                .with("allowed", route.allowed())
                .withHeader("Allow", allowed)
                .exception();
    }

    private HandlerFunction<ServerResponse> handler(Route.Action action) {
        return request -> answer(request, action);
    }

    /** Files tell nothing of the node: it is not asked for them, so that the page is there even while the node is not. */
    private HandlerFunction<ServerResponse> fileHandler(Route.Action action) {
        return request -> {
            try {
                gate.admitToFiles(request.servletRequest());
                return action.answer(new Call(request, desk));
            } catch (Exception fault) {
                return problem(request, fault);
            }
        };
    }

    /** Refusals at the gate tell nothing of the node; all other answers, problems too, tell what it holds. */
    private Reply answer(ServerRequest request, Route.Action action) {
        try {
            gate.admit(request.servletRequest());
        } catch (RuntimeException refused) {
            return problem(request, refused);
        }
        Causality causality = desk.causality();
        Seen seen = Seen.NOTHING;
        Reply reply;
        try {
            Call call = new Call(request, desk);
            seen = causality.await(call);
            reply = action.answer(call);
        } catch (Exception fault) {
            reply = problem(request, fault);
        }
        return causality.mark(reply, seen);
    }

    private static Reply problem(ServerRequest request, Exception fault) {
        return Faults.problem(fault).at(request.requestPath().value()).reply();
    }
}
