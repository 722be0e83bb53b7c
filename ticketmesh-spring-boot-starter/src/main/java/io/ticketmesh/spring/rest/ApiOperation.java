package io.ticketmesh.spring.rest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one method of one path does, as the OpenAPI document tells it: written once and read once. The steps name what a request is
 * like, such as {@link #writes}, and bring the parameters, headers and problems that all requests of that sort have. For one thread.
 */
final class ApiOperation {
    private static final String JSON = "application/json";
    private static final List<String> WRITTEN = List.of("ETag", Acks.HEADER);

    private final String method;
    private final String path;
    private final String id;
    private final String tag;
    private final String summary;
    private @Nullable String description;
    private final Set<String> parameters = new LinkedHashSet<>();
    private @Nullable ApiObject body;
    private final Map<Integer, ApiObject> answers = new TreeMap<>();
    private final Set<String> headers = new LinkedHashSet<>(List.of(Causality.VERSION, Causality.STALE));
    private final Set<ProblemKind> problems = EnumSet.of(
            ProblemKind.UNAUTHENTICATED,
            ProblemKind.ACCESS_DENIED,
            ProblemKind.MALFORMED_REQUEST,
            ProblemKind.INVALID_PARAMETER,
            ProblemKind.INVALID_HEADER,
            ProblemKind.INTERNAL);

    /**
     * @param id the name of the method in generated clients
     * @param tag one of those in {@link ApiDocument}
     */
    ApiOperation(String method, String path, String id, String tag, String summary) {
        this.method = method;
        this.path = path;
        this.id = id;
        this.tag = tag;
        this.summary = summary;
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }

    /** More than fits the summary, in Markdown. */
    ApiOperation telling(String text) {
        description = text;
        return this;
    }

    /** Takes these parameters, by their names in {@link ApiParameters}. */
    ApiOperation takes(String... names) {
        parameters.addAll(List.of(names));
        return this;
    }

    /** Chooses tickets by the parameters of lists. */
    ApiOperation filters() {
        parameters.addAll(ApiParameters.FILTER);
        return fails(ProblemKind.SEARCH_UNAVAILABLE);
    }

    /** Is about the ticket that the path names. */
    ApiOperation ofTicket() {
        return takes("ref").fails(ProblemKind.UNKNOWN_TICKET, ProblemKind.AMBIGUOUS_REFERENCE, ProblemKind.PURGED);
    }

    /** Shows something of a ticket: a deleted one only on demand, and nothing to those who have it. */
    ApiOperation shows() {
        ofTicket().takes("deletedToo", "IfNoneMatch").fails(ProblemKind.DELETED);
        headers.add("ETag");
        answers.put(304, ApiObject.of("description", "The caller has it."));
        return this;
    }

    /** Stores something, on as many members as the caller wants. */
    ApiOperation writes() {
        headers.addAll(WRITTEN);
        return takes("Acks")
                .fails(
                        ProblemKind.CROSS_SITE,
                        ProblemKind.OVERLOADED,
                        ProblemKind.READ_ONLY,
                        ProblemKind.WRITE_TIMEOUT,
                        ProblemKind.ACKS_NOT_REACHED);
    }

    /** Stores something in a ticket that is there, if it is in the state that the caller expects. */
    ApiOperation changes() {
        return ofTicket()
                .writes()
                .takes("IfMatch")
                .fails(ProblemKind.DELETED, ProblemKind.PRECONDITION_FAILED, ProblemKind.INVALID);
    }

    /** Is carried out once under a key. */
    ApiOperation once() {
        headers.add("Idempotent-Replayed");
        return takes("IdempotencyKey").fails(ProblemKind.KEY_REUSED, ProblemKind.REQUEST_IN_FLIGHT);
    }

    /** Takes a body of JSON, of that schema. */
    ApiOperation body(String schema, Object example) {
        return body(schema, example, JSON);
    }

    /** Takes a merge patch of that schema. */
    ApiOperation patch(String schema, Object example) {
        return body(schema, example, "application/merge-patch+json", JSON);
    }

    private ApiOperation body(String schema, Object example, String... types) {
        ApiObject content = ApiObject.EMPTY;
        for (String type : types) {
            content = content.with(type, media(ApiType.ref(schema), example));
        }
        return body(content).fails(ProblemKind.MALFORMED_JSON, ProblemKind.INVALID);
    }

    /** Takes a body of one of these media types. */
    ApiOperation body(ApiObject content) {
        body = ApiObject.of("required", true).with("content", content);
        return fails(ProblemKind.TOO_LARGE, ProblemKind.UNSUPPORTED_MEDIA_TYPE);
    }

    /** Takes an empty object of JSON, or no body. */
    ApiOperation emptyBody() {
        ApiObject empty = ApiObject.of("type", "object").with("maxProperties", 0);
        body = ApiObject.of("content", ApiObject.of(JSON, ApiObject.of("schema", empty)));
        return fails(
                ProblemKind.TOO_LARGE,
                ProblemKind.UNSUPPORTED_MEDIA_TYPE,
                ProblemKind.MALFORMED_JSON,
                ProblemKind.INVALID);
    }

    /** Answers with JSON of that schema. */
    ApiOperation answers(int status, String meaning, String schema, Object example) {
        return answers(status, meaning, ApiObject.of(JSON, media(ApiType.ref(schema), example)));
    }

    /** Answers with one of these media types. */
    ApiOperation answers(int status, String meaning, ApiObject content) {
        answers.put(status, ApiObject.of("description", meaning).with("content", content));
        return fails(ProblemKind.NOT_ACCEPTABLE);
    }

    /** Answers without a body. */
    ApiOperation answers(int status, String meaning) {
        answers.put(status, ApiObject.of("description", meaning));
        return this;
    }

    /** Also has these headers in its answers. */
    ApiOperation tells(String... names) {
        headers.addAll(List.of(names));
        return this;
    }

    /** Does not have that header, which its sort otherwise has. */
    ApiOperation withholds(String name) {
        headers.remove(name);
        return this;
    }

    /** Can fail in these ways besides those of its sort. */
    ApiOperation fails(ProblemKind... kinds) {
        Collections.addAll(problems, kinds);
        return this;
    }

    /** Cannot fail in these ways, although its sort can. */
    ApiOperation neverFails(ProblemKind... kinds) {
        List.of(kinds).forEach(problems::remove);
        return this;
    }

    /** A body of that schema, with an example. */
    static ApiObject media(ApiObject schema, Object example) {
        return ApiObject.of("schema", schema).with("example", example);
    }

    /** The object that the document has for this operation. */
    ApiObject document(ApiProblems shared) {
        List<ApiObject> all = new ArrayList<>();
        parameters.forEach(name -> all.add(ApiParameters.ref(name)));
        ApiParameters.COMMON.forEach(name -> all.add(ApiParameters.ref(name)));
        ApiObject document =
                ApiObject.of("operationId", id).with("tags", List.of(tag)).with("summary", summary);
        if (description != null) {
            document = document.with("description", description);
        }
        document = document.with("parameters", all);
        if (body != null) {
            document = document.with("requestBody", body);
        }
        return document.with("responses", responses(shared));
    }

    private ApiObject responses(ApiProblems shared) {
        Map<Integer, ApiObject> all = new TreeMap<>();
        answers.forEach((status, answer) -> all.put(status, answer.with("headers", ApiHeaders.refs(headers))));
        all.putAll(shared.answers(problems));
        Map<String, Object> byText = new LinkedHashMap<>();
        all.forEach((status, answer) -> byText.put(String.valueOf(status), answer));
        return ApiObject.of(byText);
    }
}
