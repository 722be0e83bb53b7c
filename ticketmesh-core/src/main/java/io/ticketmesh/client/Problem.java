package io.ticketmesh.client;

import io.ticketmesh.json.AnswerForm;
import io.ticketmesh.json.InvalidJsonException;
import io.ticketmesh.json.Json;
import io.ticketmesh.json.JsonLimits;
import io.ticketmesh.json.JsonNumber;
import io.ticketmesh.json.JsonObject;
import io.ticketmesh.json.JsonString;
import io.ticketmesh.json.JsonValue;
import io.ticketmesh.json.MalformedJsonException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why a server said no: a problem of RFC 9457.
 *
 * @param status of HTTP
 * @param code the stable word for programs, like {@code transition-refused}; empty when the answer is not one of a TicketMesh server, such as a
 *     proxy's
 * @param detail for people; may be empty
 * @param errors each thing that is wrong with the request
 * @param members the whole problem, with what is special to its kind
 */
public record Problem(int status, String code, String title, String detail, List<Fault> errors, JsonObject members) {
    private static final int EXCERPT = 200;

    /** What the name of an error names. */
    public enum Place {
        /** A place in the body, as a JSON pointer. */
        POINTER,
        /** A parameter of the query. */
        PARAMETER,
        /** A header. */
        HEADER
    }

    /**
     * One thing that is wrong with a request.
     *
     * @param name a JSON pointer, or the name of a parameter or header; empty when the server names no place
     * @param code the stable word for programs
     * @param limit what would have been allowed; null when that cannot be said
     */
    public record Fault(
            Place place,
            String name,
            String code,
            String detail,
            @Nullable JsonValue limit) {
        static Fault read(AnswerForm form) {
            Place place = Place.POINTER;
            String name = form.textOrNull("pointer");
            if (name == null && form.textOrNull("parameter") != null) {
                place = Place.PARAMETER;
                name = form.text("parameter");
            } else if (name == null && form.textOrNull("header") != null) {
                place = Place.HEADER;
                name = form.text("header");
            }
            String detail = form.textOrNull("detail");
            JsonValue limit = form.value("limit");
            return new Fault(
                    place,
                    name == null ? "" : name,
                    form.text("code"),
                    detail == null ? "" : detail,
                    limit instanceof io.ticketmesh.json.JsonNull ? null : limit);
        }

        /** Like {@code /title is blank}. */
        @Override
        public String toString() {
            return (name + " " + detail).strip();
        }
    }

    public Problem {
        errors = List.copyOf(errors);
    }

    /** What an answer without success says; whatever it is, there is something to tell. */
    static Problem of(int status, byte[] body) {
        try {
            return read(status, Json.parse(body, JsonLimits.DEFAULT.withDocumentBytes(Math.max(1, body.length))));
        } catch (MalformedJsonException | InvalidJsonException notAProblem) {
            return bare(status, body);
        }
    }

    /** A problem inside an answer. */
    static Problem read(int status, JsonValue json) {
        AnswerForm form = AnswerForm.of(json);
        String title = form.textOrNull("title");
        String detail = form.textOrNull("detail");
        List<Fault> errors = form.value("errors") instanceof io.ticketmesh.json.JsonArray
                ? form.each("errors", Fault::read)
                : List.of();
        String code = form.textOrNull("code");
        return new Problem(
                status,
                code == null ? "" : code,
                title == null ? "" : title,
                detail == null ? "" : detail,
                errors,
                json instanceof JsonObject object ? object : JsonObject.of(Map.of()));
    }

    private static Problem bare(int status, byte[] body) {
        String text = new String(body, 0, Math.min(body.length, EXCERPT), java.nio.charset.StandardCharsets.UTF_8)
                .replaceAll("\\p{Cntrl}+", " ")
                .strip();
        return new Problem(status, "", "", text, List.of(), JsonObject.of(Map.of()));
    }

    /** A member that is special to the kind of problem, as a text; null when it is not there, or no text. */
    public @Nullable String text(String name) {
        return members.members().get(name) instanceof JsonString text ? text.text() : null;
    }

    /** A member that is special to the kind of problem, as a whole number. */
    public long number(String name, long otherwise) {
        return members.members().get(name) instanceof JsonNumber number
                ? number.exactLong().orElse(otherwise)
                : otherwise;
    }

    /** Like {@code 422 invalid: The body breaks 2 rules (/title is blank; /tittle is not a field that exists here)}. */
    @Override
    public String toString() {
        String text = status + (code.isEmpty() ? "" : " " + code);
        String said = detail.isEmpty() ? title : detail;
        String listed = errors.isEmpty()
                ? ""
                : " (" + String.join("; ", errors.stream().map(Fault::toString).toList()) + ")";
        return said.isEmpty() ? text + listed : text + ": " + said + listed;
    }
}
