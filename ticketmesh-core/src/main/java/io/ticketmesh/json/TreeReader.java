package io.ticketmesh.json;

import io.ticketmesh.json.MalformedJsonException.Reason;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonToken;

/** Builds one value from tokens. Recursive, but never deeper than the nesting limit of its source. For one thread. */
final class TreeReader {
    private final TokenSource source;
    private final long valueChars;
    private long end = Long.MAX_VALUE;

    /** @param valueChars how many characters of the document one value may span */
    TreeReader(TokenSource source, long valueChars) {
        this.source = source;
        this.valueChars = valueChars;
    }

    /** The value that begins with the given token, which is the current one. */
    JsonValue read(JsonToken token, JsonPointer pointer) throws IOException {
        JsonPlace place = source.place(pointer);
        end = place.offset() + valueChars;
        if (end < 0) {
            end = Long.MAX_VALUE;
        }
        return value(token, place);
    }

    private JsonValue value(JsonToken token, JsonPlace place) throws IOException {
        if (place.offset() > end) {
            throw source.fault(Reason.LIMIT, "one value spans more than " + valueChars + " characters");
        }
        return switch (token) {
            case START_OBJECT -> members(place);
            case START_ARRAY -> elements(place);
            case VALUE_STRING -> new JsonString(source.text(), place);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(place);
            case VALUE_TRUE -> new JsonBoolean(true, place);
            case VALUE_FALSE -> new JsonBoolean(false, place);
            case VALUE_NULL -> new JsonNull(place);
            default -> throw new IllegalStateException("no value begins with " + token);
        };
    }

    private JsonObject members(JsonPlace place) throws IOException {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        while (source.next() == JsonToken.PROPERTY_NAME) {
            String name = source.text();
            JsonPointer pointer = place.pointer().child(name);
            if (members.containsKey(name)) {
                throw source.fault(Reason.DUPLICATE_NAME, "the member " + Excerpt.of(name) + " appears twice");
            }
            JsonToken token = source.nextInside();
            members.put(name, value(token, source.place(pointer)));
        }
        return new JsonObject(members, place);
    }

    private JsonArray elements(JsonPlace place) throws IOException {
        List<JsonValue> elements = new ArrayList<>();
        for (JsonToken token = source.nextInside(); token != JsonToken.END_ARRAY; token = source.nextInside()) {
            elements.add(value(token, source.place(place.pointer().child(elements.size()))));
        }
        return new JsonArray(elements, place);
    }

    private JsonNumber number(JsonPlace place) throws IOException {
        try {
            return new JsonNumber(new BigDecimal(source.text()), place);
        } catch (NumberFormatException exponent) {
            throw tooLarge();
        } catch (IllegalArgumentException scale) {
            throw tooLarge();
        }
    }

    private MalformedJsonException tooLarge() {
        return source.fault(Reason.LIMIT, "the exponent of the number is beyond " + JsonNumber.MAX_SCALE);
    }
}
