package io.ticketmesh.json;

import io.ticketmesh.json.MalformedJsonException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.core.JsonToken;

/**
 * Walks one document that is too large to hold, and hands out the elements of chosen arrays one by one. The document is an
 * object whose members of the chosen names are walked and whose others are skipped; or, if the empty name was chosen, an array.
 * A chosen member that is not an array is handed out as one value, recognizable by its pointer without index. What is skipped
 * is checked for syntax, UTF-8 and nesting, not for duplicate names inside it, lengths or lone surrogates. Thread-safe, immutable.
 */
public final class JsonStream {
    /** Takes the values in the order of the document, on the thread that reads. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * One element.
         *
         * @param member the chosen name, empty for a document that is an array
         * @param element the value; its pointer is {@code /member/index}
         * @throws IOException to stop reading
         */
        void element(String member, JsonValue element) throws IOException;
    }

    private final Set<String> members;
    private final JsonLimits limits;
    private final long elementChars;

    /**
     * A walk.
     *
     * @param members the names of the arrays at the top level; the empty name stands for a document that is itself an array
     * @param limits of the whole document
     * @param elementChars how many characters of the document one element may span; what is held at a time is about this much
     */
    public JsonStream(Set<String> members, JsonLimits limits, int elementChars) {
        if (elementChars < 1) {
            throw new IllegalArgumentException("elementChars is " + elementChars + ", must be at least 1");
        }
        this.members = Set.copyOf(members);
        this.limits = limits;
        this.elementChars = elementChars;
    }

    /**
     * Reads the document up to its end and leaves the stream open. Elements before a fault have been handed out already.
     *
     * @throws MalformedJsonException if the document is malformed, beyond the limits, or neither an object nor a chosen array
     * @throws IOException if the stream or the visitor fails
     */
    public void read(InputStream document, Visitor visitor) throws IOException {
        try (TokenSource source = new TokenSource(document, limits)) {
            TreeReader tree = new TreeReader(source, elementChars);
            JsonToken token = Json.first(source);
            if (token == JsonToken.START_OBJECT) {
                readMembers(source, tree, visitor);
            } else if (token == JsonToken.START_ARRAY && members.contains("")) {
                readElements(source, tree, "", JsonPointer.ROOT, visitor);
            } else {
                throw source.fault(
                        Reason.SYNTAX, members.contains("") ? "expected an object or an array" : "expected an object");
            }
            Json.requireEnd(source);
        }
    }

    private void readMembers(TokenSource source, TreeReader tree, Visitor visitor) throws IOException {
        Set<String> seen = new HashSet<>();
        while (source.next() == JsonToken.PROPERTY_NAME) {
            String name = source.text();
            boolean chosen = !name.isEmpty() && members.contains(name);
            if (chosen && !seen.add(name)) {
                throw source.fault(Reason.DUPLICATE_NAME, "the member " + Excerpt.of(name) + " appears twice");
            }
            JsonToken token = source.nextInside();
            JsonPointer pointer = JsonPointer.ROOT.child(name);
            if (chosen && token == JsonToken.START_ARRAY) {
                readElements(source, tree, name, pointer, visitor);
            } else if (chosen) {
                visitor.element(name, tree.read(token, pointer));
            } else if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
                source.skipChildren();
            }
        }
    }

    private static void readElements(
            TokenSource source, TreeReader tree, String member, JsonPointer pointer, Visitor visitor)
            throws IOException {
        int index = 0;
        for (JsonToken token = source.nextInside(); token != JsonToken.END_ARRAY; token = source.nextInside()) {
            visitor.element(member, tree.read(token, pointer.child(index++)));
        }
    }
}
