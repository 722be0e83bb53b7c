package io.ticketmesh.spring.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RequestPredicate;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/**
 * Looks when the application starts whether it has endpoints of its own below our roots. One of the two would silently win, so the
 * start fails. General patterns such as {@code /**} are no clash.
 */
final class PathClash implements SmartLifecycle {
    private final ListableBeanFactory beans;
    private final OurPaths paths;
    private volatile boolean running;

    PathClash(ListableBeanFactory beans, OurPaths paths) {
        this.beans = beans;
        this.paths = paths;
    }

    /**
     * @throws PathClashException when the application has such an endpoint
     */
    @Override
    public void start() {
        for (RequestMappingInfoHandlerMapping mapping :
                beans.getBeansOfType(RequestMappingInfoHandlerMapping.class).values()) {
            mapping.getHandlerMethods().forEach((info, method) -> refuse(patterns(info), method.toString()));
        }
        for (AbstractUrlHandlerMapping mapping :
                beans.getBeansOfType(AbstractUrlHandlerMapping.class).values()) {
            mapping.getHandlerMap().forEach((pattern, handler) -> refuse(Set.of(pattern), handler.toString()));
        }
        for (Map.Entry<String, ?> router :
                beans.getBeansOfType(RouterFunction.class).entrySet()) {
            if (!router.getKey().equals(TicketMeshRestAutoConfiguration.ROUTES)) {
                List<String> found = new ArrayList<>();
                ((RouterFunction<?>) router.getValue()).accept(new RoutePatterns(found));
                refuse(found, "the router function '" + router.getKey() + "'");
            }
        }
        running = true;
    }

    private static Iterable<String> patterns(RequestMappingInfo info) {
        return info.getPatternValues();
    }

    private void refuse(Iterable<String> patterns, String owner) {
        for (String pattern : patterns) {
            if (paths.own(pattern)) {
                throw new PathClashException(pattern, owner, paths.settingOf(pattern));
            }
        }
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the node is opened. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }

    /** Collects the paths that a router function speaks of, those of nested ones with what is in front. */
    private static final class RoutePatterns implements RouterFunctions.Visitor {
        private final List<String> found;
        private final List<String> prefixes = new ArrayList<>(List.of(""));

        private RoutePatterns(List<String> found) {
            this.found = found;
        }

        @Override
        public void startNested(RequestPredicate predicate) {
            List<String> own = patternsOf(predicate);
            prefixes.add(prefixes.get(prefixes.size() - 1)
                    + (own.isEmpty() ? "" : own.get(0).replaceAll("/?\\*\\*$", "")));
        }

        @Override
        public void endNested(RequestPredicate predicate) {
            prefixes.remove(prefixes.size() - 1);
        }

        @Override
        public void route(RequestPredicate predicate, HandlerFunction<?> handler) {
            String prefix = prefixes.get(prefixes.size() - 1);
            patternsOf(predicate).forEach(pattern -> found.add(prefix + pattern));
        }

        @Override
        public void resources(Function<ServerRequest, java.util.Optional<Resource>> lookup) {}

        @Override
        public void attributes(Map<String, Object> attributes) {}

        @Override
        public void unknown(RouterFunction<?> router) {}

        private static List<String> patternsOf(RequestPredicate predicate) {
            PathVisitor visitor = new PathVisitor();
            predicate.accept(visitor);
            return visitor.patterns;
        }
    }

    @SuppressWarnings("removal") // one method is on its way out, and older versions of the framework call it
    private static final class PathVisitor implements RequestPredicates.Visitor {
        private final List<String> patterns = new ArrayList<>();

        @Override
        public void path(String pattern) {
            patterns.add(pattern);
        }

        @Override
        public void method(Set<HttpMethod> methods) {}

        @Override
        @Deprecated
        public void pathExtension(String extension) {}

        @Override
        public void header(String name, String value) {}

        @Override
        public void param(String name, String value) {}

        @Override
        public void version(@Nullable String version) {}

        @Override
        public void startAnd() {}

        @Override
        public void and() {}

        @Override
        public void endAnd() {}

        @Override
        public void startOr() {}

        @Override
        public void or() {}

        @Override
        public void endOr() {}

        @Override
        public void startNegate() {}

        @Override
        public void endNegate() {}

        @Override
        public void unknown(RequestPredicate predicate) {}
    }
}
