package io.ticketmesh.spring.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.json.Json;
import io.ticketmesh.json.JsonArray;
import io.ticketmesh.json.JsonLimits;
import io.ticketmesh.json.JsonNull;
import io.ticketmesh.json.JsonPointer;
import io.ticketmesh.json.JsonString;
import io.ticketmesh.json.JsonValue;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What the application answered, asked about in tests. */
record Answer(int status, HttpHeaders headers, byte[] body) {
    Answer is(int expected) {
        assertThat(status).as(text()).isEqualTo(expected);
        return this;
    }

    /** The problem of that code and status, complete as RFC 9457 has it. */
    Answer isProblem(int expected, String code) {
        is(expected);
        assertThat(header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(at("/code")).isEqualTo(code);
        assertThat(at("/type")).isEqualTo("urn:ticketmesh:problem:" + code);
        assertThat(at("/status")).isEqualTo(String.valueOf(expected));
        assertThat(at("/title")).isNotEmpty();
        assertThat(at("/detail")).isNotEmpty();
        assertThat(at("/instance")).startsWith("/");
        assertThat(text())
                .doesNotContain("Exception")
                .doesNotContain("io.ticketmesh")
                .doesNotContain("\\tat ");
        return this;
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    JsonValue json() {
        return Json.parse(body, JsonLimits.DEFAULT.withDocumentBytes(1 << 26));
    }

    boolean has(String pointer) {
        return json().at(JsonPointer.parse(pointer)).isPresent();
    }

    /** The value at the pointer as text, "null" for null. */
    String at(String pointer) {
        JsonValue value = json().at(JsonPointer.parse(pointer))
                .orElseThrow(() -> new AssertionError("nothing at " + pointer + " in " + text()));
        if (value instanceof JsonString string) {
            return string.text();
        }
        return value instanceof JsonNull ? "null" : value.toString();
    }

    /** The member of that name of every element of the array at the pointer. */
    List<String> each(String pointer, String member) {
        JsonArray array = (JsonArray) json().at(JsonPointer.parse(pointer)).orElseThrow();
        return array.elements().stream()
                .map(element -> element.at(JsonPointer.ROOT.child(member)).orElseThrow())
                .map(value -> value instanceof JsonString string ? string.text() : value.toString())
                .toList();
    }

    /** Null when there is none. */
    String header(String name) {
        return headers.firstValue(name).orElse(null);
    }

    String id() {
        return at("/id");
    }

    String etag() {
        return header("ETag");
    }
}
