package io.ticketmesh.spring.rest;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;

/**
 * Answers with a problem where another filter fails on a request for us, as with a broken form, instead of leaving it to the
 * container's error page, and keeps the framework's hands off forms that are for us. Requests of other paths pass untouched.
 */
final class FaultFilter implements Filter, Ordered {
    private final OurPaths paths;

    FaultFilter(OurPaths paths) {
        this.paths = paths;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!(request instanceof HttpServletRequest http)
                || !(response instanceof HttpServletResponse answer)
                || !paths.own(http)) {
            chain.doFilter(request, response);
            return;
        }
        try {
            chain.doFilter(StreamedRequest.of(http), response);
        } catch (RuntimeException | ServletException | Error fault) {
            if (answer.isCommitted()) {
                throw fault;
            }
            answer.reset();
            Faults.problem(fault).at(http.getRequestURI()).reply().writeTo(http, answer);
        }
    }

    /** Around all filters but the first. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 10;
    }
}
