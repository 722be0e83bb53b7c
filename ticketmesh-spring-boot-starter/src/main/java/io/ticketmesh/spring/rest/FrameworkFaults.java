package io.ticketmesh.spring.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Answers with a problem where the framework fails before a request gets to us, as with a broken multipart body, and does so before
 * the application's own advice can. Requests of other paths are left alone.
 */
final class FrameworkFaults implements HandlerExceptionResolver, Ordered {
    private final OurPaths paths;

    FrameworkFaults(OurPaths paths) {
        this.paths = paths;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception fault) {
        if (!paths.own(request) || response.isCommitted()) {
            return null;
        }
        try {
            response.resetBuffer();
            Faults.problem(fault).at(request.getRequestURI()).reply().writeTo(request, response);
        } catch (IOException gone) {
            return new ModelAndView(); // the client does not wait any more
        }
        return new ModelAndView();
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
