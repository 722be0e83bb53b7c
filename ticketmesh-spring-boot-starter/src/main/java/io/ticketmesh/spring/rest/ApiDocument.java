package io.ticketmesh.spring.rest;

import io.ticketmesh.json.JsonWriter;
import io.ticketmesh.spring.TicketMeshProperties;
import io.ticketmesh.spring.TicketMeshVersion;
import io.ticketmesh.ticket.Workflow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The OpenAPI document of this node: its paths are where the settings put them, and its names those of the workflow. All operations
 * are in {@link ApiTicketPaths}, {@link ApiNodePaths} and {@link ApiWebhookPaths}. Immutable.
 */
final class ApiDocument {
    static final String TICKETS = "Tickets";
    static final String COMMENTS = "Comments";
    static final String ATTACHMENTS = "Attachments";
    static final String WORKFLOW = "Workflow";
    static final String LABELS = "Labels";
    static final String CONFLICTS = "Conflicts";
    static final String EXCHANGE = "Many at once";
    static final String EVENTS = "Events";
    static final String DEFINITIONS = "Views and replies";
    static final String WEBHOOKS = "Webhooks";
    static final String NODE = "Node";

    private static final String VERSION = "3.1.0";
    private static final String BEARER = "bearer";
    private static final String OVERVIEW = """
            Tickets, replicated between nodes that all take reads and writes.

            * **Times** are RFC 3339 in UTC with milliseconds. Members of a request that do not exist or cannot be written are refused; answers may grow new ones.
            * **References** to tickets are an id, a key (`TM-YKFCGBB6`, with or without `TM-`, in any case), or the beginning of a key that fits one ticket only.
            * **Problems** are `application/problem+json` (RFC 9457) with a stable `code`.
            * **Retries**: send an `Idempotency-Key`, and a request is carried out once, at whatever node its repetitions arrive.
            * **Reading what was written**: send the last `TicketMesh-Version` with the next request, to whichever node.
            * **Copies**: `TicketMesh-Acks` in a write says how many members are to hold it before it is answered.

            Every `GET` is answered as `HEAD` too, every path answers `OPTIONS`, and other methods are 405 with `Allow`.
            Names that answers show (`x-extensible-enum`) may be ones that only a newer node knows.
            """;

    private final TicketMeshProperties settings;
    private final ApiNames names;

    ApiDocument(TicketMeshProperties settings, Workflow workflow) {
        this.settings = settings;
        this.names = ApiNames.of(workflow);
    }

    /** All operations, in the order of the document. */
    List<ApiOperation> operations() {
        ApiExamples examples = new ApiExamples(names);
        List<ApiOperation> all = new ArrayList<>(new ApiTicketPaths(settings.rest(), examples).all());
        all.addAll(new ApiNodePaths(settings.systemPath(), examples).all());
        all.addAll(new ApiDefinitionPaths(settings.rest().path(), settings.systemPath(), examples).all());
        all.addAll(new ApiWebhookPaths(settings.systemPath(), examples).all());
        return all;
    }

    /** The document in JSON. */
    byte[] bytes() {
        ApiProblems problems = new ApiProblems();
        ApiObject paths = paths(problems);
        ApiObject document = ApiObject.of("openapi", VERSION)
                .with("info", info())
                .with("servers", List.of(ApiObject.of("url", root()).with("description", "Where this document is.")))
                .with("security", security())
                .with("tags", tags())
                .with("paths", paths)
                .with("components", components(problems));
        return JsonWriter.bytes(json -> json.value(document));
    }

    private static ApiObject info() {
        return ApiObject.of("title", "TicketMesh")
                .with("version", TicketMeshVersion.text())
                .with("description", OVERVIEW)
                .with("license", ApiObject.of("name", "Apache License 2.0").with("identifier", "Apache-2.0"));
    }

    /** What both roots lie below, as seen from where the document is: so it is right behind any proxy, servlet and context path. */
    private String root() {
        long steps = settings.systemPath()
                .chars()
                .filter(character -> character == '/')
                .count();
        return "../".repeat((int) steps).replaceAll("/$", "");
    }

    private List<ApiObject> security() {
        ApiObject bearer = ApiObject.of(BEARER, List.of());
        return settings.rest().token() == null ? List.of(ApiObject.EMPTY, bearer) : List.of(bearer);
    }

    private static List<ApiObject> tags() {
        return List.of(
                tag(TICKETS, "Tickets, one by one and in lists."),
                tag(LABELS, "Tags, watchers and links, each with a path of its own."),
                tag(COMMENTS, "What is said about a ticket."),
                tag(ATTACHMENTS, "Files that belong to a ticket; they are on every node."),
                tag(WORKFLOW, "Where a ticket can go, and where it has been."),
                tag(CONFLICTS, "What several people wrote without knowing of each other."),
                tag(EXCHANGE, "Several operations in one request, import, export, numbers."),
                tag(EVENTS, "What happens to tickets, on this node and on others."),
                tag(DEFINITIONS, "Lists that are kept, and comments that are written often."),
                tag(WEBHOOKS, "Other systems that are told what happens."),
                tag(NODE, "The node that answers, and the mesh as it sees it."));
    }

    private static ApiObject tag(String name, String description) {
        return ApiObject.of("name", name).with("description", description);
    }

    private ApiObject paths(ApiProblems problems) {
        Map<String, ApiObject> paths = new LinkedHashMap<>();
        for (ApiOperation operation : operations()) {
            paths.merge(
                    operation.path(),
                    ApiObject.of(operation.method().toLowerCase(java.util.Locale.ROOT), operation.document(problems)),
                    ApiObject::withAll);
        }
        return ApiObject.of(paths);
    }

    private ApiObject components(ApiProblems problems) {
        ApiObject bearer = ApiObject.of("type", "http")
                .with("scheme", BEARER)
                .with(
                        "description",
                        "The secret in `ticketmesh.rest.token`, where it is set. An application with Spring Security has rules of its own,"
                                + " and refuses in its own form.");
        Map<String, ApiObject> schemas = new TreeMap<>(new ApiTicketSchemas(names).all());
        schemas.putAll(new ApiTalkSchemas(names).all());
        schemas.putAll(new ApiExchangeSchemas(names).all());
        schemas.putAll(new ApiNodeSchemas(names).all());
        schemas.putAll(new ApiDefinitionSchemas(names).all());
        schemas.putAll(ApiWebhookSchemas.all());
        schemas.putAll(ApiProblemSchemas.all());
        return ApiObject.of("securitySchemes", ApiObject.of(BEARER, bearer))
                .with("parameters", ApiObject.of(new ApiParameters(names).all()))
                .with("headers", ApiObject.of(ApiHeaders.all()))
                .with("responses", ApiObject.of(problems.shared()))
                .with("schemas", ApiObject.of(schemas));
    }
}
