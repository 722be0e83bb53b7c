package io.ticketmesh.spring.rest;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The schemas of an OpenAPI document, stricter than they are published: a member that they do not name is a mistake, and so is a name
 * that they do not list, because the node that answers is not newer than its document.
 */
final class StrictSchemas {
    static final ObjectMapper JSON = JsonMapper.builder().build();

    private static final String ADDRESS = "urn:ticketmesh:openapi";

    private final SchemaRegistry registry;
    private final Map<String, Schema> compiled = new ConcurrentHashMap<>();

    StrictSchemas(JsonNode document) {
        JsonNode strict = strict(document.deepCopy());
        registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemas(Map.of(ADDRESS, strict.toString()))
                        .schemaRegistryConfig(SchemaRegistryConfig.builder()
                                .formatAssertionsEnabled(true)
                                .build()));
    }

    /** What is wrong with the value; empty when it is as the schema has it. */
    List<String> faults(JsonNode schema, JsonNode value) {
        return compiled
                .computeIfAbsent(schema.toString(), text -> registry.getSchema(absolute(schema)))
                .validate(value)
                .stream()
                .map(Error::toString)
                .toList();
    }

    private static JsonNode absolute(JsonNode schema) {
        JsonNode copy = strict(schema.deepCopy());
        if (copy instanceof ObjectNode object && object.has("$ref")) {
            object.put("$ref", ADDRESS + object.get("$ref").asString());
        }
        return copy;
    }

    private static JsonNode strict(JsonNode node) {
        if (node instanceof ObjectNode object) {
            if (object.get("properties") instanceof ObjectNode && !object.has("additionalProperties")) {
                object.put("additionalProperties", false);
            }
            if (object.get("x-extensible-enum") instanceof ArrayNode names) {
                ArrayNode all = names.deepCopy();
                if (object.get("type").isArray()) {
                    all.addNull();
                }
                object.set("enum", all);
            }
        }
        node.forEach(StrictSchemas::strict);
        return node;
    }
}
