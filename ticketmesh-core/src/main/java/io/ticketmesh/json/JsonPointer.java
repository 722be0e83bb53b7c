package io.ticketmesh.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The path from the root of a document to one of its values, RFC 6901: {@code /items/3/title}; the root is the empty text.
 * In a name {@code ~} is written {@code ~0} and {@code /} is written {@code ~1}. Immutable; a child shares its parent, so that
 * a pointer for each value of a tree costs little, and the text is built only when asked for.
 */
public final class JsonPointer {
    public static final JsonPointer ROOT = new JsonPointer(null, "");

    private final @Nullable JsonPointer parent;
    private final String token;

    private JsonPointer(@Nullable JsonPointer parent, String token) {
        this.parent = parent;
        this.token = token;
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException if it is neither empty nor begins with a slash, or holds a tilde that escapes nothing
     */
    public static JsonPointer parse(String text) {
        if (text.isEmpty()) {
            return ROOT;
        }
        if (text.charAt(0) != '/') {
            throw new IllegalArgumentException("a JSON pointer begins with '/'");
        }
        JsonPointer pointer = ROOT;
        for (String escaped : text.substring(1).split("/", -1)) {
            pointer = pointer.child(unescape(escaped));
        }
        return pointer;
    }

    /** The pointer to the member of that name, which is given as it is, not escaped. */
    public JsonPointer child(String name) {
        return new JsonPointer(this, name);
    }

    /** The pointer to the element of that index, counted from 0. */
    public JsonPointer child(int index) {
        return new JsonPointer(this, Integer.toString(index));
    }

    /** The names and indexes from the root on, not escaped; empty for the root. */
    public List<String> tokens() {
        List<String> tokens = new ArrayList<>();
        for (JsonPointer at = this; at.parent != null; at = at.parent) {
            tokens.add(at.token);
        }
        Collections.reverse(tokens);
        return Collections.unmodifiableList(tokens);
    }

    private static String unescape(String escaped) {
        for (int i = escaped.indexOf('~'); i >= 0; i = escaped.indexOf('~', i + 1)) {
            if (i + 1 == escaped.length() || (escaped.charAt(i + 1) != '0' && escaped.charAt(i + 1) != '1')) {
                throw new IllegalArgumentException("a '~' in a JSON pointer is followed by 0 or 1");
            }
        }
        return escaped.replace("~1", "/").replace("~0", "~");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonPointer that && tokens().equals(that.tokens());
    }

    @Override
    public int hashCode() {
        return tokens().hashCode();
    }

    /** The text of RFC 6901. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (String part : tokens()) {
            text.append('/').append(part.replace("~", "~0").replace("/", "~1"));
        }
        return text.toString();
    }
}
