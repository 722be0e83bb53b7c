package io.ticketmesh.spring.security;

import io.ticketmesh.spring.TicketMeshProperties;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.BiPredicate;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.context.support.WebApplicationContextUtils;

/**
 * Matches requests of ours wherever they are: below {@code ticketmesh.rest.path} and {@code ticketmesh.system-path}, behind whatever
 * context path and servlet path the application has. In an application that is no node they match nothing. Thread-safe.
 *
 * <pre>{@code
 * http.authorizeHttpRequests(requests -> requests
 *         .requestMatchers(TicketMeshRequest.toConsole()).permitAll()
 *         .requestMatchers(TicketMeshRequest.toApi()).authenticated()
 *         ...
 * }</pre>
 */
public final class TicketMeshRequest {
    private TicketMeshRequest() {}

    /** All endpoints: tickets, and what the node tells of itself. Whatever is not the console's. */
    public static RequestMatcher toApi() {
        return new Ours("TicketMesh API", (settings, path) -> !isConsole(settings, path));
    }

    /** The console's page and files, which are the same for everybody and hold no data. */
    public static RequestMatcher toConsole() {
        return new Ours("TicketMesh console", TicketMeshRequest::isConsole);
    }

    private static boolean isConsole(TicketMeshProperties settings, String path) {
        String root = settings.systemPath();
        return path.equals(root) || path.equals(root + "/") || path.startsWith(root + "/console/");
    }

    private record Ours(String name, BiPredicate<TicketMeshProperties, String> wanted) implements RequestMatcher {
        @Override
        public boolean matches(HttpServletRequest request) {
            WebApplicationContext application =
                    WebApplicationContextUtils.getRequiredWebApplicationContext(request.getServletContext());
            TicketMeshProperties settings =
                    application.getBeanProvider(TicketMeshProperties.class).getIfAvailable();
            if (settings == null) {
                return false;
            }
            String info = request.getPathInfo();
            String path = info == null ? request.getServletPath() : info;
            boolean ours = isBelow(settings.rest().path(), path) || isBelow(settings.systemPath(), path);
            return ours && wanted.test(settings, path);
        }

        private static boolean isBelow(String root, String path) {
            return path.equals(root) || path.startsWith(root + "/");
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
