package io.ticketmesh.spring.registry;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/** Where the web server of this application answers, as its settings say. */
final class HttpAddress {
    /** Registries put the address that they see in its place. */
    private static final String OPEN = "0.0.0.0";

    private static final List<String> CERTIFICATES =
            List.of("server.ssl.bundle", "server.ssl.certificate", "server.ssl.key-store");

    private HttpAddress() {}

    /**
     * @param path before that of the tickets, see {@link #path}
     * @return null when there is no web server of this application's own that is up
     */
    static @Nullable URI of(Environment environment, String path) {
        String port = environment.getProperty("local.server.port", "");
        if (port.isBlank() || port.startsWith("-")) {
            return null;
        }
        String scheme = isSecure(environment) ? "https" : "http";
        return URI.create(scheme + "://" + host(environment) + ":" + port + path);
    }

    /** Context path and servlet path; empty when both are. */
    static String path(String contextPath, Environment environment) {
        String servletPath = environment.getProperty("spring.mvc.servlet.path", "");
        String inner = StringUtils.trimTrailingCharacter(servletPath.strip(), '/');
        return contextPath + (inner.isEmpty() || inner.startsWith("/") ? inner : "/" + inner);
    }

    private static boolean isSecure(Environment environment) {
        boolean enabled = environment.getProperty("server.ssl.enabled", Boolean.class, true);
        return enabled && CERTIFICATES.stream().anyMatch(name -> StringUtils.hasText(environment.getProperty(name)));
    }

    private static String host(Environment environment) {
        String bound = environment.getProperty("server.address", "").strip();
        if (bound.isEmpty()) {
            return OPEN;
        }
        try {
            InetAddress address = InetAddress.getByName(bound);
            String text = address.getHostAddress().replaceAll("%.*", "");
            String host = text.indexOf(':') < 0 ? text : "[" + text + "]";
            return address.isAnyLocalAddress() ? OPEN : host;
        } catch (UnknownHostException bySomebodyElse) {
            return OPEN; // the web server found it
        }
    }
}
