package io.ticketmesh.spring.rest;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Applications like {@link Wired}, which remember the requests that succeeded; those of one test at a time. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(Wired.class)
class Listened {
    private static final ConcurrentLinkedQueue<Asked> ALL = new ConcurrentLinkedQueue<>();
    private static final AtomicInteger UNDER_WAY = new AtomicInteger();

    /**
     * What was asked.
     *
     * @param names of the parameters of the query, and of the headers in lower case
     */
    record Asked(String method, String path, Set<String> names) {}

    /** Begins with nothing asked, and a hub to which nobody is connected. */
    static void anew() {
        Wired.anew();
        ALL.clear();
    }

    /** Whether everything that was answered is noted; an answer can be there a moment before. */
    static boolean isUpToDate() {
        return UNDER_WAY.get() == 0;
    }

    static Iterable<Asked> all() {
        return ALL;
    }

    @Bean
    Filter listening() {
        return (request, response, chain) -> {
            HttpServletRequest http = (HttpServletRequest) request;
            Set<String> names = new TreeSet<>();
            Collections.list(http.getHeaderNames()).forEach(name -> names.add(name.toLowerCase(java.util.Locale.ROOT)));
            if (http.getQueryString() != null) {
                for (String pair : http.getQueryString().split("&")) {
                    names.add(pair.split("=", 2)[0]);
                }
            }
            UNDER_WAY.incrementAndGet();
            try {
                chain.doFilter(request, response);
                if (((HttpServletResponse) response).getStatus() < 300) {
                    ALL.add(new Asked(http.getMethod(), http.getRequestURI(), names));
                }
            } finally {
                UNDER_WAY.decrementAndGet();
            }
        };
    }
}
