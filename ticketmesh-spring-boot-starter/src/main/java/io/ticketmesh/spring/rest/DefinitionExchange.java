package io.ticketmesh.spring.rest;

import io.ticketmesh.definition.Definition;
import io.ticketmesh.definition.DefinitionForm;
import io.ticketmesh.definition.Expectation;
import io.ticketmesh.definition.ViewForm;
import io.ticketmesh.json.JsonWriter;
import io.ticketmesh.json.ObjectForm;
import io.ticketmesh.json.Violations;
import io.ticketmesh.ticket.InvalidQueryException;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What requests and answers about definitions have in common, whatever is defined. */
final class DefinitionExchange<T> {
    private final DefinitionForm<T> form;

    DefinitionExchange(DefinitionForm<T> form) {
        this.form = form;
    }

    /**
     * The body of a request.
     *
     * @param more reads further members
     * @param rule refuses what the workflow does not know
     * @throws io.ticketmesh.json.InvalidJsonException with all that is wrong
     */
    T body(Call call, Consumer<ObjectForm> more, Consumer<T> rule) {
        Violations violations = new Violations();
        ObjectForm body = ObjectForm.of(call.json("application/json"), violations);
        T value = form.read(body);
        more.accept(body);
        body.readOnly(List.of("name", "updatedBy", "updatedAt", "etag")).rejectUnknown();
        if (value != null) {
            try {
                rule.accept(value);
            } catch (InvalidQueryException unknown) {
                violations.add(ViewForm.violation(unknown));
            }
        }
        violations.throwIfAny();
        if (value == null) {
            throw new IllegalStateException("a body without violations has a value");
        }
        return value;
    }

    /**
     * What the headers of a write expect.
     *
     * @throws ProblemException when {@code If-None-Match} says something else than that there must be none
     */
    static Expectation expectation(Call call) {
        String none = call.header("If-None-Match");
        if (none != null) {
            if (!EntityTags.parse("If-None-Match", none).any() || call.header("If-Match") != null) {
                throw Problem.of(ProblemKind.INVALID_HEADER, "A write takes 'If-None-Match: *' only, and alone")
                        .with(ProblemError.header("If-None-Match", "not-allowed", "must be '*', without If-Match"))
                        .exception();
            }
            return Expectation.ABSENT;
        }
        String match = call.header("If-Match");
        if (match == null) {
            return Expectation.NONE;
        }
        EntityTags tags = EntityTags.parse("If-Match", match);
        return tags.any() ? Expectation.PRESENT : Expectation.of(tags.expected());
    }

    /** @param more writes further members */
    void write(JsonWriter json, Definition<T> definition, Consumer<JsonWriter> more) {
        json.startObject().member("name", definition.name());
        form.writeMembers(json, definition.value());
        more.accept(json);
        json.member("updatedBy", definition.writtenBy())
                .member("updatedAt", definition.writtenAt())
                .member("etag", definition.etag())
                .endObject();
    }

    Reply one(int status, Definition<T> definition, Consumer<JsonWriter> more) {
        return Reply.json(status, json -> write(json, definition, more)).tagged(definition.etag());
    }

    static <R> Reply list(List<R> rows, BiConsumer<JsonWriter, R> row) {
        return Reply.json(200, json -> {
            json.startObject().startArray("items");
            rows.forEach(item -> row.accept(json, item));
            json.endArray().endObject();
        });
    }

    /** The answer to a request for one, which the caller may have already. */
    Reply shown(Call call, @Nullable Definition<T> found, Consumer<JsonWriter> more) {
        if (found == null) {
            throw absent();
        }
        return call.holds(found.etag()) ? Reply.empty(304).tagged(found.etag()) : one(200, found, more);
    }

    static ProblemException absent() {
        return Problem.of(ProblemKind.NOT_FOUND, "There is nothing of this name")
                .exception();
    }
}
