package io.ticketmesh.spring.rest;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.servletapi.SecurityContextHolderAwareRequestWrapper;
import org.springframework.web.util.WebUtils;

/** What Spring Security knows, 6.5 and 7 alike. The only class here that names its types: others load without it. */
final class SpringSecurity implements HostSecurity {
    @Override
    public Set<String> authorities(HttpServletRequest request, Collection<String> interesting) {
        if (!(request.getUserPrincipal() instanceof Authentication caller)) {
            return SERVLET.authorities(request, interesting);
        }
        return caller.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .filter(authority -> authority != null)
                .collect(Collectors.toSet());
    }

    /**
     * Whether a filter chain took the request on. An application may have chains for some paths only, or none: then nobody looked whether
     * the caller may come in.
     */
    @Override
    public boolean guards(HttpServletRequest request) {
        return WebUtils.getNativeRequest(request, SecurityContextHolderAwareRequestWrapper.class) != null;
    }

    /** Asking for its value is what makes Spring Security keep it, in the session or in a cookie. */
    @Override
    public @Nullable FormToken formToken(HttpServletRequest request) {
        return request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token
                ? new FormToken(token.getHeaderName(), token.getParameterName(), token.getToken())
                : null;
    }
}
