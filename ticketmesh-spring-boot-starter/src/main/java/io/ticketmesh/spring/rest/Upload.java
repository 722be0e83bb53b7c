package io.ticketmesh.spring.rest;

import io.ticketmesh.spring.rest.MultipartReader.MalformedBodyException;
import io.ticketmesh.spring.rest.MultipartReader.Part;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * A file in the body of a request: the body itself, with its name in the query, or the part {@code file} of a form. Read as a stream, past
 * the framework, whose limits for forms do not count here. For one thread.
 */
final class Upload {
    /** How much a form may have around its file. */
    static final long FORM_BYTES = 64 << 10;

    private static final String FILE = "file";

    /** What some clients say of every body. */
    private static final String FORM_TYPE = "x-www-form-urlencoded";

    private final Call call;
    private final long maxBytes;
    private final @Nullable String queryName;
    private final @Nullable MediaType contentType;

    /** Takes a file as it comes. */
    @FunctionalInterface
    interface Taker<T> {
        T take(InputStream content, @Nullable String declared) throws IOException;
    }

    /**
     * @param maxBytes the most bytes of the file
     * @throws ProblemException when the headers are not such of an upload
     */
    Upload(Call call, long maxBytes) {
        this.call = call;
        this.maxBytes = maxBytes;
        this.queryName = call.parameters().text("name");
        String encoding = call.header("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw Problem.of(ProblemKind.UNSUPPORTED_MEDIA_TYPE, "The body must not be compressed")
                    .withHeader("Accept-Encoding", "identity")
                    .exception();
        }
        this.contentType = contentType(call.singleHeader("Content-Type"));
    }

    private static @Nullable MediaType contentType(@Nullable String header) {
        try {
            return header == null ? null : MediaType.parseMediaType(header);
        } catch (InvalidMediaTypeException malformed) {
            throw Problem.of(ProblemKind.INVALID_HEADER, "The header Content-Type is not a media type")
                    .with(ProblemError.header("Content-Type", "malformed", "is not a media type"))
                    .exception();
        }
    }

    private boolean isForm() {
        return contentType != null && contentType.getType().equalsIgnoreCase("multipart");
    }

    /** The name in the query, which counts before that of the form; null when there is none. */
    @Nullable
    String queryName() {
        return queryName;
    }

    /** What came with its name. */
    record Taken<T>(String name, T value) {}

    /**
     * Reads the file and all around it.
     *
     * @param checked hears of the name before anything of the file is read, and may refuse it
     * @throws ProblemException when there is no file, more than one, or too much of it
     */
    <T> Taken<T> take(Consumer<String> checked, Taker<T> taker) throws IOException {
        if (!isForm()) {
            String name = required(queryName);
            checked.accept(name);
            boolean told = contentType != null && !FORM_TYPE.equalsIgnoreCase(contentType.getSubtype());
            String declared = told ? String.valueOf(contentType) : null;
            return new Taken<>(name, taker.take(Bodies.stream(call.servlet(), maxBytes), declared));
        }
        try {
            return takeForm(checked, taker);
        } catch (MalformedBodyException malformed) {
            throw Problem.of(ProblemKind.MALFORMED_REQUEST, String.valueOf(malformed.getMessage()))
                    .exception();
        }
    }

    private <T> Taken<T> takeForm(Consumer<String> checked, Taker<T> taker) throws IOException {
        MediaType form = contentType;
        String boundary = form == null ? null : form.getParameter("boundary");
        InputStream body = Bodies.stream(call.servlet(), maxBytes + FORM_BYTES);
        MultipartReader reader = new MultipartReader(body, boundary == null ? "" : unquoted(boundary));
        Taken<T> taken = null;
        for (Part part = reader.next(); part != null; part = reader.next()) {
            ContentDisposition disposition = disposition(part.headers());
            if (!FILE.equals(disposition.getName()) || taken != null) {
                throw refused(
                        "/" + FILE,
                        taken == null ? "unknown" : "repeated",
                        "The form has something else than one part 'file'");
            }
            String given = queryName == null ? disposition.getFilename() : queryName;
            String name = required(given);
            checked.accept(name);
            taken = new Taken<>(name, taker.take(part.content(), part.headers().get("content-type")));
        }
        if (taken == null) {
            throw refused("/" + FILE, "required", "The form has no part 'file'");
        }
        return taken;
    }

    private static ContentDisposition disposition(Map<String, String> headers) throws MalformedBodyException {
        try {
            return ContentDisposition.parse(headers.getOrDefault("content-disposition", ""));
        } catch (IllegalArgumentException malformed) {
            throw new MalformedBodyException("has a part without a Content-Disposition");
        }
    }

    private static String unquoted(String text) {
        return text.replaceAll("^\"|\"$", "");
    }

    private static String required(@Nullable String name) {
        if (name == null) {
            throw Problem.of(ProblemKind.INVALID_PARAMETER, "The parameter 'name' is missing: how is the file called?")
                    .with(ProblemError.parameter("name", "required", "is missing", null))
                    .exception();
        }
        return name;
    }

    private static ProblemException refused(String pointer, String code, String detail) {
        return Problem.of(ProblemKind.INVALID, detail)
                .withErrors(List.of(new ProblemError(ProblemError.Place.POINTER, pointer, code, detail, null)))
                .exception();
    }
}
