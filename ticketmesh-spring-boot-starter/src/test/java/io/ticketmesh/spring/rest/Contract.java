package io.ticketmesh.spring.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.spring.TicketMeshProperties;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Pattern;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The OpenAPI document of an application, held against its answers: status, media type, headers and body of each must be what the document
 * tells of the operation, and a request that succeeded must be one that it allows. Thread-safe.
 */
final class Contract {
    private static final String REMEDY =
            "\nEither the answer is wrong, or the document: operations are told in ApiTicketPaths and ApiNodePaths, schemas in Api*Schemas,"
                    + " headers in ApiHeaders.\n";

    private static final String ANY = "*/*";

    /** Headers that all of HTTP has. */
    private static final Set<String> ORDINARY = Set.of(
            "cache-control",
            "connection",
            "content-length",
            "content-type",
            "date",
            "keep-alive",
            "transfer-encoding",
            "vary",
            "x-content-type-options");

    /** Headers that Spring Security puts on every answer of an application, whoever made it. */
    private static final Set<String> OF_SPRING_SECURITY =
            Set.of("expires", "pragma", "set-cookie", "x-frame-options", "x-xss-protection");

    /** Headers that are there whenever a success is told to have them. */
    private static final Set<String> CERTAIN = Set.of("ETag", "Location", "TicketMesh-Version");

    /** What a path that does not exist, or has no such method, can be answered with. */
    private static final Set<Integer> UNTOLD = Set.of(400, 401, 403, 404, 405, 415);

    /** Requests whose parts may fail although the whole succeeds. */
    private static final Set<String> PARTIAL = Set.of("performBulk", "importTickets", "readBundle");

    private final JsonNode document;
    private final StrictSchemas schemas;
    private final String prefix;
    private final OurPaths roots;

    /** The console, which is for people. */
    private final Pattern files;

    private final Map<String, Pattern> paths = new LinkedHashMap<>();
    private final Set<String> exercised = new ConcurrentSkipListSet<>();

    Contract(JsonNode document, String prefix, TicketMeshProperties settings) {
        this.document = document;
        this.schemas = new StrictSchemas(document);
        this.prefix = prefix;
        this.roots = OurPaths.of(settings);
        this.files = Pattern.compile(Pattern.quote(settings.systemPath()) + "(/|/console/.*)?");
        document.get("paths").propertyNames().stream()
                .sorted(Comparator.comparing(path -> path.replace('{', '~'))) // fixed words before variables
                .forEach(path -> paths.put(path, Pattern.compile(path.replaceAll("\\{[^}]+}", "[^/]+"))));
    }

    static Contract of(ConfigurableApplicationContext context) {
        TicketMeshProperties settings = context.getBean(TicketMeshProperties.class);
        TicketMesh node = context.getBean(TicketMesh.class);
        byte[] document = new ApiDocument(settings, node.service().workflow()).bytes();
        Environment environment = context.getEnvironment();
        String prefix = environment.getProperty("server.servlet.context-path", "")
                + environment.getProperty("spring.mvc.servlet.path", "");
        return new Contract(StrictSchemas.JSON.readTree(document), prefix, settings);
    }

    JsonNode document() {
        return document;
    }

    StrictSchemas schemas() {
        return schemas;
    }

    /** The operations that were answered, each with a status, as in {@code getTicket 200}. */
    Set<String> exercised() {
        return exercised;
    }

    /** All operations of the document with their successes, as in {@code getTicket 200}. */
    Set<String> successes() {
        Set<String> all = new ConcurrentSkipListSet<>();
        for (JsonNode path : document.get("paths")) {
            for (JsonNode operation : path) {
                operation.get("responses").propertyNames().stream()
                        .filter(status -> status.startsWith("2"))
                        .forEach(status -> all.add(operation.get("operationId").asString() + " " + status));
            }
        }
        return all;
    }

    /** The operation that a request is about; null when the document tells of none. */
    JsonNode operation(String method, String path) {
        String told = path.startsWith(prefix) ? told(path.substring(prefix.length())) : null;
        return told == null ? null : document.get("paths").get(told).get(method.toLowerCase(Locale.ROOT));
    }

    /** All operations of the document, each with the names of the parameters that it takes in queries and headers. */
    Map<String, Set<String>> parameters() {
        Map<String, Set<String>> all = new TreeMap<>();
        for (JsonNode path : document.get("paths")) {
            for (JsonNode operation : path) {
                Set<String> names = new TreeSet<>();
                operation.get("parameters").valueStream().map(this::resolved).forEach(parameter -> {
                    if (!parameter.get("in").asString().equals("path")) {
                        names.add(parameter.get("name").asString());
                    }
                });
                all.put(operation.get("operationId").asString(), names);
            }
        }
        return all;
    }

    private String told(String own) {
        return paths.entrySet().stream()
                .filter(entry -> entry.getValue().matcher(own).matches())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    /**
     * @param target path and query
     */
    void check(String method, String target, byte[] body, Answer answer) {
        String path = target.replaceAll("[?#].*", "");
        if (!path.startsWith(prefix) || !roots.own(path.substring(prefix.length())) || isOfSpringSecurity(answer)) {
            return;
        }
        String title = method + " " + (target.length() > 300 ? target.substring(0, 300) + "…" : target) + " → "
                + answer.status() + " " + answer.headers().map();
        String own = path.substring(prefix.length());
        if (files.matcher(own).matches()) {
            return;
        }
        String told = told(own);
        if (told == null) {
            checkUntold(title, answer);
            return;
        }
        JsonNode item = document.get("paths").get(told);
        JsonNode operation = item.get(method.equals("HEAD") ? "get" : method.toLowerCase(Locale.ROOT));
        if (operation != null) {
            checkOperation(title, method, target, operation, body, answer);
        } else if (method.equals("OPTIONS") && answer.status() == 204 || answer.status() == 405) {
            assertThat(answer.header("Allow").split(", "))
                    .as("methods of " + told + REMEDY)
                    .containsExactlyInAnyOrderElementsOf(methods(item));
        } else {
            checkUntold(title, answer);
        }
    }

    /** A refusal of rules that were asked before the request reached us. */
    private static boolean isOfSpringSecurity(Answer answer) {
        boolean refused = answer.status() == 401 || answer.status() == 403;
        return refused
                && answer.headers().map().containsKey("x-frame-options")
                && !Problem.MEDIA_TYPE.equals(mediaType(answer));
    }

    private static List<String> methods(JsonNode item) {
        List<String> methods = new ArrayList<>(item.propertyNames().stream()
                .map(method -> method.toUpperCase(Locale.ROOT))
                .toList());
        methods.add("OPTIONS");
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        return methods;
    }

    private void checkUntold(String title, Answer answer) {
        assertThat(UNTOLD)
                .as("status of what the document does not tell, in " + title + REMEDY)
                .contains(answer.status());
        if (Problem.MEDIA_TYPE.equals(mediaType(answer)) && answer.body().length > 0) {
            checkJson(title, problem(), answer.text());
        }
    }

    private static JsonNode problem() {
        return StrictSchemas.JSON.readTree("{\"$ref\":\"#/components/schemas/Problem\"}");
    }

    private void checkOperation(
            String title, String method, String target, JsonNode operation, byte[] body, Answer answer) {
        String id = operation.get("operationId").asString();
        JsonNode told = resolved(operation.get("responses").get(String.valueOf(answer.status())));
        assertThat(told)
                .as(id + " tells no " + answer.status() + ": " + title + " " + answer.text() + REMEDY)
                .isNotNull();
        boolean success = answer.status() < 300;
        checkHeaders(title, told, answer, answer.status() < 400);
        if (!method.equals("HEAD")) {
            checkBody(title, told, answer);
            exercised.add(id + " " + answer.status());
        } else {
            assertThat(answer.body()).as(title).isEmpty();
        }
        if (success) {
            checkRequest(title, target, operation, body);
        }
    }

    private JsonNode resolved(JsonNode node) {
        return node != null && node.has("$ref")
                ? document.at(node.get("$ref").asString().substring(1))
                : node;
    }

    private static boolean isOrdinary(String header, Answer answer) {
        boolean secured = answer.headers().map().containsKey("x-frame-options");
        return ORDINARY.contains(header) || secured && OF_SPRING_SECURITY.contains(header);
    }

    private void checkHeaders(String title, JsonNode told, Answer answer, boolean success) {
        JsonNode headers = told.get("headers");
        answer.headers().map().forEach((name, values) -> {
            String known = headers.propertyNames().stream()
                    .filter(name::equalsIgnoreCase)
                    .findFirst()
                    .orElse(null);
            assertThat(known != null || isOrdinary(name.toLowerCase(Locale.ROOT), answer))
                    .as("header " + name + " is told, of " + title + REMEDY)
                    .isTrue();
            if (known != null) {
                JsonNode schema = resolved(headers.get(known)).get("schema");
                assertThat(values).hasSize(1);
                assertThat(schemas.faults(schema, StrictSchemas.JSON.valueToTree(values.get(0))))
                        .as("header " + name + " of " + title + REMEDY)
                        .isEmpty();
            }
        });
        for (String name : CERTAIN) {
            if (success && headers.has(name)) {
                assertThat(answer.header(name))
                        .as("header " + name + " of " + title + REMEDY)
                        .isNotNull();
            }
        }
    }

    private void checkBody(String title, JsonNode told, Answer answer) {
        JsonNode content = told.get("content");
        if (content == null) {
            assertThat(answer.text()).as("body of " + title + REMEDY).isEmpty();
            return;
        }
        String type = content.has(ANY) && !content.has(mediaType(answer)) ? ANY : mediaType(answer);
        assertThat(content.propertyNames())
                .as("media types of " + title + REMEDY)
                .contains(type);
        JsonNode schema = content.get(type).get("schema");
        switch (type) {
            case "application/json" -> checkJson(title, schema, answer.text());
            case Problem.MEDIA_TYPE -> {
                checkJson(title, schema, answer.text());
                assertThat(told.get("x-problem-codes").valueStream().map(JsonNode::asString))
                        .as("codes of " + title + REMEDY)
                        .contains(answer.at("/code"));
            }
            case "application/x-ndjson" ->
                answer.text().lines().forEach(line -> checkJson(title, schema.get("contentSchema"), line));
            default -> assertThat(schema.get("type").asString()).as(title).isEqualTo("string");
        }
    }

    /** Checks the data of an event. */
    void checkEvent(String data) {
        checkJson("event", StrictSchemas.JSON.readTree("{\"$ref\":\"#/components/schemas/Event\"}"), data);
        exercised.add("streamEvents 200");
    }

    private void checkRequest(String title, String target, JsonNode operation, byte[] body) {
        List<String> known = new ArrayList<>();
        operation
                .get("parameters")
                .forEach(parameter -> known.add(resolved(parameter).get("name").asString()));
        String query = target.contains("?") ? target.substring(target.indexOf('?') + 1) : "";
        Arrays.stream(query.split("&"))
                .filter(pair -> !pair.isEmpty())
                .forEach(pair ->
                        assertThat(known).as("parameters of " + title + REMEDY).contains(pair.split("=", 2)[0]));
        if (body == null
                || body.length == 0
                || PARTIAL.contains(operation.get("operationId").asString())) {
            return;
        }
        assertThat(operation.has("requestBody"))
                .as(title + " takes a body" + REMEDY)
                .isTrue();
        JsonNode content = operation.get("requestBody").get("content");
        if (content.has(ANY)) {
            return;
        }
        JsonNode schema = content.get("application/json").get("schema");
        checkJson("the request " + title, schema, new String(body, StandardCharsets.UTF_8));
    }

    private void checkJson(String title, JsonNode schema, String json) {
        JsonNode value;
        try {
            value = StrictSchemas.JSON.readTree(json);
        } catch (JacksonException malformed) {
            throw new AssertionError(title + ": " + malformed.getMessage() + REMEDY + json, malformed);
        }
        assertThat(schemas.faults(schema, value)).as(title + REMEDY + json).isEmpty();
    }

    private static String mediaType(Answer answer) {
        String type = answer.header("Content-Type");
        return type == null ? "" : type.replaceAll("\\s*;.*", "");
    }
}
