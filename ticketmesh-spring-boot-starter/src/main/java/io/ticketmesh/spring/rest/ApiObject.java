package io.ticketmesh.spring.rest;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** An object of the OpenAPI document: values as {@link io.ticketmesh.json.JsonWriter#value} writes them, in their order. Immutable. */
final class ApiObject extends AbstractMap<String, Object> {
    static final ApiObject EMPTY = new ApiObject(Map.of());

    private final Map<String, Object> members;

    private ApiObject(Map<String, Object> members) {
        this.members = Collections.unmodifiableMap(members);
    }

    static ApiObject of(String name, Object value) {
        return EMPTY.with(name, value);
    }

    static ApiObject of(Map<String, ?> members) {
        return new ApiObject(new LinkedHashMap<>(members));
    }

    /** The same with that member, in place of one of the same name. */
    ApiObject with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(members);
        more.put(name, value);
        return new ApiObject(more);
    }

    /** The same with these members behind its own. */
    ApiObject withAll(Map<String, ?> others) {
        Map<String, Object> more = new LinkedHashMap<>(members);
        more.putAll(others);
        return new ApiObject(more);
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        return members.entrySet();
    }
}
