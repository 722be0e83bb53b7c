package io.ticketmesh.json;

import io.ticketmesh.json.MalformedJsonException.Reason;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * The tokens of one document within its limits; every fault leaves as a {@link MalformedJsonException}. The one place where
 * jackson-core reads. For one thread.
 */
final class TokenSource implements Closeable {
    /** Factories by limits, since constraints belong to a factory. An application has a handful of limits; more are not kept. */
    private static final Map<JsonLimits, JsonFactory> FACTORIES = new ConcurrentHashMap<>();

    private static final int KEPT_FACTORIES = 32;

    private final JsonLimits limits;
    private final StrictUtf8Reader reader;
    private final JsonParser parser;
    private int depth;

    TokenSource(InputStream input, JsonLimits limits) {
        this.limits = limits;
        this.reader = new StrictUtf8Reader(input, limits.documentBytes());
        this.parser = factory(limits).createParser(ObjectReadContext.empty(), reader);
    }

    private static JsonFactory factory(JsonLimits limits) {
        JsonFactory kept = FACTORIES.get(limits);
        if (kept != null) {
            return kept;
        }
        JsonFactory built = JsonFactory.builder()
                // A table of names would keep what strangers send, and can be attacked by collisions.
                .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(limits.stringChars())
                        // One level more than allowed, and no limits here for names and numbers: these we check
                        // ourselves,
                        // because the parser meets them one token early and would report the place before.
                        .maxNestingDepth(limits.nesting() + 1)
                        .maxNameLength(Integer.MAX_VALUE)
                        .maxNumberLength(Integer.MAX_VALUE)
                        .build())
                .build();
        if (FACTORIES.size() < KEPT_FACTORIES) {
            FACTORIES.put(limits, built);
        }
        return built;
    }

    /** The next token, or null at the end of the document. */
    @Nullable
    JsonToken next() throws IOException {
        JsonToken token;
        try {
            token = parser.nextToken();
        } catch (JacksonException fault) {
            throw translated(fault);
        }
        if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
            if (++depth > limits.nesting()) {
                throw fault(Reason.LIMIT, "nested deeper than " + limits.nesting() + " levels");
            }
        } else if (token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY) {
            depth--;
        }
        return token;
    }

    /** The next token inside an object or array, where the document cannot end. */
    JsonToken nextInside() throws IOException {
        JsonToken token = next();
        if (token == null) {
            throw fault(Reason.SYNTAX, "the document ends too early");
        }
        return token;
    }

    /** Reads past everything inside the object or array whose start is the current token. */
    void skipChildren() throws IOException {
        int outside = depth - 1;
        while (depth > outside) {
            next();
        }
    }

    /** The text of the current string, name or number: complete, within its limit and without lone surrogates. */
    String text() throws IOException {
        String text;
        try {
            text = parser.getString();
        } catch (StreamConstraintsException tooLong) {
            throw fault(Reason.LIMIT, "the string has more than " + limits.stringChars() + " characters");
        } catch (JacksonException fault) {
            throw translated(fault);
        }
        JsonToken token = parser.currentToken();
        if (token == JsonToken.PROPERTY_NAME) {
            requireLength(text, "name", limits.nameChars());
        } else if (token == JsonToken.VALUE_STRING) {
            requireLength(text, "string", limits.stringChars());
        } else {
            requireLength(text, "number", limits.numberChars());
        }
        int lone = Surrogates.firstLone(text);
        if (lone >= 0) {
            String escape = String.format("\\u%04X", (int) text.charAt(lone));
            throw fault(Reason.ENCODING, "the escape " + escape + " is half of a surrogate pair");
        }
        return text;
    }

    private void requireLength(String text, String what, int limit) {
        if (text.length() > limit) {
            throw fault(Reason.LIMIT, "the " + what + " has more than " + limit + " characters");
        }
    }

    /** Where the current token begins. */
    JsonPlace place(JsonPointer pointer) {
        TokenStreamLocation at = parser.currentTokenLocation();
        return new JsonPlace(pointer, at.getLineNr(), at.getColumnNr(), at.getCharOffset());
    }

    /** A fault of the current token. */
    MalformedJsonException fault(Reason reason, String problem) {
        TokenStreamLocation at = parser.currentTokenLocation();
        return new MalformedJsonException(reason, problem, at.getLineNr(), at.getColumnNr(), at.getCharOffset());
    }

    /** A fault of what was read up to here. */
    MalformedJsonException faultAtEnd(Reason reason, String problem) {
        TokenStreamLocation at = parser.currentLocation();
        return new MalformedJsonException(reason, problem, at.getLineNr(), at.getColumnNr(), at.getCharOffset());
    }

    private MalformedJsonException translated(JacksonException fault) throws IOException {
        if (fault instanceof JacksonIOException wrapped) {
            throw wrapped.getCause();
        }
        return SyntaxFault.translate(fault, parser, reader);
    }

    @Override
    public void close() {
        parser.close();
    }
}
