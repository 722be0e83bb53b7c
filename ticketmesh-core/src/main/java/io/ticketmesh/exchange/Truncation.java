package io.ticketmesh.exchange;

import io.ticketmesh.json.JsonArray;
import io.ticketmesh.json.JsonObject;
import io.ticketmesh.json.JsonString;
import io.ticketmesh.json.JsonValue;
import io.ticketmesh.ticket.change.AddComment;
import io.ticketmesh.ticket.change.AddTag;
import io.ticketmesh.ticket.change.SetDescription;
import io.ticketmesh.ticket.change.SetTitle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Cuts the texts of a line that are too long for a ticket, and notes each. For one line. */
final class Truncation {
    private final List<String> notes = new ArrayList<>();

    /** What was cut. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    JsonValue cut(JsonValue line) {
        JsonValue result = member(line, "title", title -> text(title, SetTitle.MAX_CHARS));
        result = member(result, "description", text -> text(text, SetDescription.MAX_CHARS));
        result = member(result, "tags", tags -> each(tags, tag -> text(tag, AddTag.MAX_CHARS)));
        return member(
                result,
                "comments",
                comments ->
                        each(comments, comment -> member(comment, "body", body -> text(body, AddComment.MAX_CHARS))));
    }

    private static JsonValue member(JsonValue value, String name, UnaryOperator<JsonValue> change) {
        if (!(value instanceof JsonObject tree) || tree.member(name).isEmpty()) {
            return value;
        }
        Map<String, JsonValue> members = new LinkedHashMap<>(tree.members());
        members.computeIfPresent(name, (same, member) -> change.apply(member));
        return new JsonObject(members, tree.place());
    }

    private static JsonValue each(JsonValue value, UnaryOperator<JsonValue> change) {
        return value instanceof JsonArray array
                ? new JsonArray(array.elements().stream().map(change).toList(), array.place())
                : value;
    }

    private JsonValue text(JsonValue value, int max) {
        if (!(value instanceof JsonString string) || string.text().strip().length() <= max) {
            return value;
        }
        String text = string.text().strip();
        int end = Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max;
        notes.add(value.pointer() + " was cut from " + text.length() + " characters to " + end);
        return new JsonString(text.substring(0, end), string.place());
    }
}
