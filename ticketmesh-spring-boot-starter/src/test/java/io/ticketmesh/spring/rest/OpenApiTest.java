package io.ticketmesh.spring.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import io.ticketmesh.spring.TicketMeshProperties;
import io.ticketmesh.spring.access.TicketAuthorizer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class OpenApiTest {
    private static final String PATH = "/ticketmesh/openapi.json";

    private static final String[] OTHER_WORKFLOW = {
        "ticketmesh.workflow.states.todo=open",
        "ticketmesh.workflow.states.blocked=waiting",
        "ticketmesh.workflow.states.done=done",
        "ticketmesh.workflow.transitions.todo=blocked,done",
        "ticketmesh.workflow.transitions.blocked=todo",
        "ticketmesh.workflow.transitions.done=todo",
        "ticketmesh.workflow.initial=todo",
        "ticketmesh.workflow.types=chore,idea",
        "ticketmesh.workflow.resolutions=shipped"
    };

    private static JsonNode document(Host host) {
        return StrictSchemas.JSON.readTree(host.get(PATH).is(200).body());
    }

    @Test
    void theOfficialSchemaAcceptsTheDocument() throws IOException {
        try (Host host = Host.start();
                InputStream official = OpenApiTest.class.getResourceAsStream("openapi-3.1-schema-2025-11-23.json")) {
            assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                            .getSchema(official)
                            .validate(document(host)))
                    .isEmpty();
        }
    }

    @Test
    void theParserOfManyToolsReadsTheDocument() {
        try (Host host = Host.start()) {
            ParseOptions options = new ParseOptions();
            options.setResolve(true);
            SwaggerParseResult result =
                    new OpenAPIV3Parser().readContents(host.get(PATH).text(), null, options);
            assertThat(result.getMessages()).isEmpty();
            assertThat(result.getOpenAPI().getPaths())
                    .hasSameSizeAs(document(host).get("paths").propertyNames());
        }
    }

    @Test
    void everyRouteIsToldAndNothingElseIs() {
        try (Host host = Host.start()) {
            assertThat(told(host))
                    .as("methods and paths in the OpenAPI document, compared with those in Resources; tell a new one in"
                            + " ApiTicketPaths or ApiNodePaths, and walk through it in EveryOperationTest")
                    .containsExactlyElementsOf(routed(host));
        }
    }

    private static TreeSet<String> told(Host host) {
        TreeSet<String> told = new TreeSet<>();
        document(host)
                .get("paths")
                .forEachEntry((path, item) ->
                        item.propertyNames().forEach(method -> told.add(method.toUpperCase(Locale.ROOT) + " " + path)));
        return told;
    }

    private static TreeSet<String> routed(Host host) {
        TicketMeshProperties settings = host.context().getBean(TicketMeshProperties.class);
        Desk desk = Desk.of(
                host::node,
                settings,
                HostSecurity.SERVLET,
                TicketAuthorizer.UNRESTRICTED,
                host.context().getBean(EventStreams.class));
        TreeSet<String> routed = new TreeSet<>();
        new Resources(desk)
                .routes().stream()
                        .filter(route -> !route.isFile())
                        .forEach(route ->
                                route.actions().keySet().forEach(method -> routed.add(method + " " + route.pattern())));
        return routed;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void examplesAreWhatTheirSchemasSay(boolean otherWorkflow) {
        try (Host host = Host.start(otherWorkflow ? OTHER_WORKFLOW : new String[0])) {
            List<String> checked = new ArrayList<>();
            checkExamples(host.contract(), document(host), "#", checked);
            assertThat(checked).hasSizeGreaterThan(40);
        }
    }

    private static void checkExamples(Contract contract, JsonNode node, String place, List<String> checked) {
        if (node.has("schema") && node.has("example")) {
            assertThat(contract.schemas().faults(node.get("schema"), node.get("example")))
                    .as("the example at " + place)
                    .isEmpty();
            checked.add(place);
        }
        if (node.isObject()) {
            node.forEachEntry((name, value) -> checkExamples(contract, value, place + "/" + name, checked));
        }
    }

    @Test
    void everySuccessWithJsonHasAnExample() {
        try (Host host = Host.start()) {
            JsonNode document = document(host);
            document.get("paths")
                    .forEach(path ->
                            path.forEach(operation -> operation.get("responses").forEachEntry((status, answer) -> {
                                JsonNode json = answer.at("/content/application~1json");
                                if (json.at("/schema").has("$ref")) {
                                    assertThat(json.has("example"))
                                            .as(operation.get("operationId").asString())
                                            .isTrue();
                                }
                            })));
        }
    }

    @Test
    void namesAreThoseOfTheWorkflow() {
        try (Host host = Host.start(OTHER_WORKFLOW)) {
            JsonNode schemas = document(host).at("/components/schemas");
            assertThat(texts(schemas.at("/NewTicket/properties/status/enum"))).containsExactly("todo", null);
            assertThat(texts(schemas.at("/TicketPatch/properties/status/enum")))
                    .containsExactly("todo", "blocked", "done");
            assertThat(texts(schemas.at("/Ticket/properties/type/x-extensible-enum")))
                    .containsExactly("chore", "idea");
            host.post("/tickets", "{\"title\":\"x\",\"type\":\"idea\"}").is(201);
        }
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream()
                .map(node -> node.isNull() ? null : node.asString())
                .toList();
    }

    @Test
    void pathsAndAddressesLeadToWhereTheApplicationHasPutThem() {
        try (Host host = Host.start(
                "server.servlet.context-path=/app",
                "spring.mvc.servlet.path=/api",
                "ticketmesh.rest.path=/desk",
                "ticketmesh.system-path=/own/node")) {
            String address = "/app/api/own/node/openapi.json";
            JsonNode document =
                    StrictSchemas.JSON.readTree(host.get(address).is(200).body());
            String server = document.at("/servers/0/url").asString();
            String base = URI.create("http://desk.example" + address)
                    .resolve(server)
                    .getPath()
                    .replaceAll("/$", "");
            assertThat(document.get("paths").propertyNames()).contains("/desk/stats", "/own/node/meta");
            host.get(base + "/desk/stats").is(200);
            host.get(base + "/own/node/meta").is(200);
        }
    }

    @Test
    void whoHasTheDocumentDoesNotGetItAgain() {
        try (Host host = Host.start()) {
            Answer document = host.get(PATH).is(200);
            assertThat(document.header("Cache-Control")).isEqualTo("private, no-cache");
            assertThat(host.get(PATH, "If-None-Match", document.etag()).is(304).etag())
                    .isEqualTo(document.etag());
            host.create("Changes nothing of it");
            host.get(PATH, "If-None-Match", document.etag()).is(304);
            Answer head = host.send("HEAD", PATH, null).is(200);
            assertThat(head.header("Content-Length")).isEqualTo(String.valueOf(document.body().length));
            host.get(PATH + "?group=x").isProblem(400, "invalid-parameter");
        }
        try (Host guarded = Host.start("ticketmesh.rest.token=0123456789abcdef")) {
            guarded.get(PATH).isProblem(401, "unauthenticated");
            JsonNode document =
                    StrictSchemas.JSON.readTree(guarded.get(PATH, "Authorization", "Bearer 0123456789abcdef")
                            .is(200)
                            .body());
            assertThat(document.get("security").toString()).isEqualTo("[{\"bearer\":[]}]");
        }
    }
}
