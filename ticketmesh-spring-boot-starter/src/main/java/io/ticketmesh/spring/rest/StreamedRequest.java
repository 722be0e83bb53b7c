package io.ticketmesh.spring.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/**
 * A request whose multipart body is read by whoever handles it: the framework, which would read it first, with limits of the application's
 * and with files on disk, is not told that there is one. The header itself stays as it is.
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
}
