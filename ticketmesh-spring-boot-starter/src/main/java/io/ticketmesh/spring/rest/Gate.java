package io.ticketmesh.spring.rest;

import io.ticketmesh.spring.TicketMeshProperties.Access;
import io.ticketmesh.spring.TicketMeshProperties.Rest;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may come in when nobody else does. Where a filter chain of Spring Security was asked before a request gets here, its
 * rules were obeyed, and the gate stands open. Otherwise: whoever knows the token, if one is set; else callers on the same machine, unless access is
 * open. Writes that a browser sends for a page of another site are refused in any case. Thread-safe.
 */
final class Gate {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
    private static final List<String> TRACES_OF_PROXIES =
            List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via");

    private static final Pattern ADDRESS =
            Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f]*:[0-9A-Fa-f:.]*(%[0-9A-Za-z]+)?");

    private final Rest settings;
    private final HostSecurity security;

    Gate(Rest settings, HostSecurity security) {
        this.settings = settings;
        this.security = security;
    }

    /**
     * @throws ProblemException when the request may not come in
     */
    void admit(HttpServletRequest request) {
        if (security.guards(request)) {
            return;
        }
        String token = settings.token();
        if (token != null) {
            requireToken(request, token);
        } else if (settings.access() == Access.LOOPBACK) {
            requireSameMachine(request);
        }
        if (!SAFE.contains(request.getMethod())) {
            requireSameSite(request);
        }
    }

    /**
     * Like {@link #admit}, but nobody needs the token: a browser does not send it for a page, which then asks for it. The files hold
     * nothing secret.
     *
     * @throws ProblemException when the request may not come in
     */
    void admitToFiles(HttpServletRequest request) {
        if (!security.guards(request) && settings.token() == null && settings.access() == Access.LOOPBACK) {
            requireSameMachine(request);
        }
    }

    private static void requireToken(HttpServletRequest request, String token) {
        String given = request.getHeader("Authorization");
        boolean bearer = given != null && given.regionMatches(true, 0, "Bearer ", 0, 7);
        byte[] secret = bearer ? given.substring(7).strip().getBytes(StandardCharsets.UTF_8) : new byte[0];
        if (!bearer || !MessageDigest.isEqual(secret, token.getBytes(StandardCharsets.UTF_8))) {
            throw Problem.of(
                            ProblemKind.UNAUTHENTICATED,
                            bearer
                                    ? "The token is not that of ticketmesh.rest.token"
                                    : "Send the token of ticketmesh.rest.token as 'Authorization: Bearer'")
                    .withHeader(
                            "WWW-Authenticate",
                            bearer
                                    ? "Bearer realm=\"ticketmesh\", error=\"invalid_token\""
                                    : "Bearer realm=\"ticketmesh\"")
                    .exception();
        }
    }

    private static void requireSameMachine(HttpServletRequest request) {
        if (!isLoopback(request.getRemoteAddr())) {
            throw denied("Only callers on the same machine are served");
        }
        if (TRACES_OF_PROXIES.stream().anyMatch(header -> request.getHeader(header) != null)) {
            throw denied("Only callers on the same machine are served, and this one came by a proxy");
        }
        // A name that an attacker points to 127.0.0.1 makes his page and this node one site for the browser.
        if (!isLoopbackName(request.getServerName())) {
            throw denied("Only callers on the same machine are served, and they call it localhost");
        }
    }

    private static ProblemException denied(String reason) {
        return Problem.of(
                        ProblemKind.ACCESS_DENIED,
                        reason
                                + ". The application decides: it can set ticketmesh.rest.token, set ticketmesh.rest.access=open,"
                                + " or have a filter chain of Spring Security for this path")
                .with("properties", List.of("ticketmesh.rest.token", "ticketmesh.rest.access"))
                .exception();
    }

    private static void requireSameSite(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            if (!site.equals("same-origin") && !site.equals("none")) {
                throw crossSite("Sec-Fetch-Site", "says '" + printable(site) + "'");
            }
            return;
        }
        String origin = request.getHeader("Origin");
        if (origin != null && !isOriginOf(origin, request)) {
            throw crossSite("Origin", "is not this application's");
        }
    }

    private static ProblemException crossSite(String header, String detail) {
        return Problem.of(
                        ProblemKind.CROSS_SITE,
                        "A page of another site must not write: " + header + " " + detail
                                + ". Neither ticketmesh.rest.access nor ticketmesh.rest.token changes that;"
                                + " a filter chain of Spring Security for this path decides itself")
                .with(ProblemError.header(header, "cross-site", detail))
                .exception();
    }

    /** Compares host and port only: behind a proxy that speaks TLS the scheme is another one. */
    private static boolean isOriginOf(String origin, HttpServletRequest request) {
        try {
            URI uri = URI.create(origin);
            String host = uri.getHost();
            String own = request.getHeader("Host");
            String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
            return host != null && own != null && (host + port).equalsIgnoreCase(own);
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private static boolean isLoopback(@Nullable String address) {
        try {
            // only digits and colons, so that no name server is asked: a stranger's would say 127.0.0.1
            return address != null
                    && ADDRESS.matcher(address).matches()
                    && InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException malformed) {
            return false;
        }
    }

    private static boolean isLoopbackName(@Nullable String name) {
        if (name == null) {
            return false;
        }
        String bare = name.toLowerCase(Locale.ROOT).replaceAll("^\\[|]$", "");
        return bare.equals("localhost") || bare.endsWith(".localhost") || isLoopback(bare);
    }

    private static String printable(String text) {
        String line = text.replaceAll("[^\\x20-\\x7E]", "?");
        return line.length() > 40 ? line.substring(0, 40) : line;
    }
}
