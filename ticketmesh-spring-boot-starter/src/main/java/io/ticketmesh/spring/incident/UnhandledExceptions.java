package io.ticketmesh.spring.incident;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/** Sees the exceptions that all other resolvers left alone, and leaves them alone too: what the client is answered stays the same. */
final class UnhandledExceptions implements HandlerExceptionResolver, Ordered {
    private final Troubles troubles;

    UnhandledExceptions(Troubles troubles) {
        this.troubles = troubles;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception thrown) {
        troubles.thrown(thrown, request.getMethod() + " " + request.getRequestURI());
        return null;
    }

    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }
}
