package io.ticketmesh.spring.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * A request whose multipart body is read by whoever handles it. The framework, which would read it first, with limits of the application's
 * and with files on disk, is not told that there is one; and parameters are those of the query only, because a container reads the whole
 * body to find others. The header itself stays as it is.
 */
final class StreamedRequest extends HttpServletRequestWrapper {
    private static final String MULTIPART = "multipart/";

    private StreamedRequest(HttpServletRequest request) {
        super(request);
    }

    /** The request itself when it has no such body. */
    static HttpServletRequest of(HttpServletRequest request) {
        String type = request.getContentType();
        boolean multipart = type != null && type.regionMatches(true, 0, MULTIPART, 0, MULTIPART.length());
        return multipart ? new StreamedRequest(request) : request;
    }

    @Override
    public String getContentType() {
        return "application/octet-stream";
    }

    @Override
    public @Nullable String getParameter(String name) {
        String[] values = getParameterMap().get(name);
        return values == null ? null : values[0];
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        return getParameterMap().get(name);
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(getParameterMap().keySet());
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        Map<String, String[]> parameters = new LinkedHashMap<>();
        UriComponentsBuilder.newInstance()
                .query(getQueryString())
                .build()
                .getQueryParams()
                .forEach((name, values) -> parameters.put(
                        decoded(name),
                        values.stream().map(StreamedRequest::decoded).toArray(String[]::new)));
        return parameters;
    }

    private static String decoded(@Nullable String text) {
        try {
            return text == null ? "" : UriUtils.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return ""; // whoever handles the request refuses it
        }
    }
}
