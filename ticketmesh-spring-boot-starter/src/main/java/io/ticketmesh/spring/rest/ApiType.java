package io.ticketmesh.spring.rest;

import io.ticketmesh.json.JsonNull;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The types that schemas of the OpenAPI document are made of, in JSON Schema 2020-12. */
final class ApiType {
    private static final String TYPE = "type";

    private ApiType() {}

    static ApiObject text() {
        return ApiObject.of(TYPE, "string");
    }

    static ApiObject text(int maxChars) {
        return text().with("maxLength", maxChars);
    }

    /** One of these names and no other. */
    static ApiObject oneOf(Collection<String> names) {
        return text().with("enum", List.copyOf(names));
    }

    /**
     * One of these names, or one that only a newer node knows: answers show it as it is, so a client must not fail on it. Readers of
     * {@code x-extensible-enum} know that.
     */
    static ApiObject known(Collection<String> names) {
        return text().with("x-extensible-enum", List.copyOf(names));
    }

    static ApiObject uuid() {
        return text().with("format", "uuid");
    }

    static ApiObject time() {
        return text().with("format", "date-time");
    }

    static ApiObject date() {
        return text().with("format", "date");
    }

    static ApiObject truth() {
        return ApiObject.of(TYPE, "boolean");
    }

    /** A number of things that are asked for, from 1. */
    static ApiObject amount(int byDefault) {
        return ApiObject.of(TYPE, "integer")
                .with("format", "int32")
                .with("minimum", 1)
                .with("default", byDefault);
    }

    static ApiObject count() {
        return whole().with("minimum", 0);
    }

    static ApiObject number() {
        return ApiObject.of(TYPE, "number").with("format", "double");
    }

    static ApiObject whole() {
        return ApiObject.of(TYPE, "integer").with("format", "int64");
    }

    static ApiObject whole(int lowest, int highest) {
        return ApiObject.of(TYPE, "integer")
                .with("format", "int32")
                .with("minimum", lowest)
                .with("maximum", highest);
    }

    static ApiObject list(ApiObject items) {
        return ApiObject.of(TYPE, "array").with("items", items);
    }

    static ApiObject list(ApiObject items, int max) {
        return list(items).with("maxItems", max);
    }

    /** An object with any names, all of one type. */
    static ApiObject byName(ApiObject values) {
        return ApiObject.of(TYPE, "object").with("additionalProperties", values);
    }

    /** Any value whatever. */
    static ApiObject any() {
        return ApiObject.EMPTY;
    }

    static ApiObject ref(String schema) {
        return ApiObject.of("$ref", "#/components/schemas/" + schema);
    }

    /** One of these types, of which no value fits two. */
    static ApiObject either(String description, ApiObject... types) {
        return ApiObject.of("description", description).with("oneOf", List.of(types));
    }

    static ApiObject nullable(ApiObject type) {
        if (!type.containsKey(TYPE)) {
            return ApiObject.of("anyOf", List.of(type, ApiObject.of(TYPE, "null")));
        }
        ApiObject nullable = type.with(TYPE, List.of(type.getOrDefault(TYPE, ""), "null"));
        if (type.get("enum") instanceof List<?> names) {
            List<Object> all = new ArrayList<>(names);
            all.add(JsonNull.of());
            return nullable.with("enum", all);
        }
        return nullable;
    }

    /** The same with a meaning, for people. */
    static ApiObject described(ApiObject type, String description) {
        return type.with("description", description);
    }

    /** Begins an object with members of its own. */
    static Shape shape(String description) {
        return new Shape(description);
    }

    /** Collects the members of an object; not thread-safe. */
    static final class Shape {
        private final String description;
        private final Map<String, ApiObject> members = new LinkedHashMap<>();
        private final List<String> required = new ArrayList<>();

        private Shape(String description) {
            this.description = description;
        }

        /** A member that is always there. */
        Shape member(String name, ApiObject type) {
            members.put(name, type);
            required.add(name);
            return this;
        }

        Shape member(String name, ApiObject type, String meaning) {
            return member(name, described(type, meaning));
        }

        /** A member that may be absent. */
        Shape optional(String name, ApiObject type) {
            members.put(name, type);
            return this;
        }

        Shape optional(String name, ApiObject type, String meaning) {
            return optional(name, described(type, meaning));
        }

        /** As answers have it: it may grow. */
        ApiObject open() {
            ApiObject object = ApiObject.of(TYPE, "object").with("description", description);
            ApiObject whole = required.isEmpty() ? object : object.with("required", List.copyOf(required));
            return whole.with("properties", ApiObject.of(members));
        }

        /** As requests have it: a member that does not exist is refused. */
        ApiObject closed() {
            return open().with("additionalProperties", false);
        }
    }
}
