package io.ticketmesh.spring.rest;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The parameters in the query of a request. Read by ourselves, because containers drop what they cannot decode and mix in what
 * stands in a form. A parameter that nobody asked for is an error: call {@link #requireAllKnown} last. For one thread.
 */
final class Parameters {
    private static final int MAX_PARAMETERS = 200;

    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private final Set<String> known = new LinkedHashSet<>();
    private final List<ProblemError> errors = new ArrayList<>();

    /**
     * @throws ProblemException when the query is not percent-encoded UTF-8
     */
    Parameters(@Nullable String query) {
        if (query == null || query.isEmpty()) {
            return;
        }
        String[] pairs = query.split("&");
        if (pairs.length > MAX_PARAMETERS) {
            throw Problem.of(ProblemKind.MALFORMED_REQUEST, "The query has more than " + MAX_PARAMETERS + " parameters")
                    .exception();
        }
        for (String pair : pairs) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = decode(equals < 0 ? pair : pair.substring(0, equals));
                String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
                values.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
            }
        }
    }

    /** The only value; null when there is none. */
    @Nullable
    String text(String name) {
        known.add(name);
        List<String> all = values.getOrDefault(name, List.of());
        if (all.size() > 1) {
            reject(name, "repeated", "is given " + all.size() + " times, it can be given once", null);
        }
        return all.isEmpty() ? null : all.get(0);
    }

    /** All values, of repetitions and of lists with commas alike. */
    List<String> list(String name) {
        known.add(name);
        return values.getOrDefault(name, List.of()).stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .toList();
    }

    /** The value as {@code conversion} reads it; null when there is none, or when it was refused and noted. */
    <T> @Nullable T converted(String name, Function<String, T> conversion) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        try {
            return conversion.apply(text);
        } catch (IllegalArgumentException refused) {
            String detail = refused.getMessage() == null ? "is not valid" : refused.getMessage();
            reject(name, "invalid", detail, null);
            return null;
        }
    }

    /** Null when it is not given. */
    @Nullable
    Boolean truth(String name) {
        String text = text(name);
        if (text == null || text.equals("true") || text.equals("false")) {
            return text == null ? null : Boolean.valueOf(text);
        }
        reject(name, "invalid", "must be true or false", List.of("true", "false"));
        return null;
    }

    boolean flag(String name) {
        return Boolean.TRUE.equals(truth(name));
    }

    /** A whole number from 1 on; larger ones are cut down to {@code highest}. */
    int size(String name, int otherwise, int highest) {
        String text = text(name);
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("0*[1-9][0-9]*")) {
            reject(name, "invalid", "must be a whole number from 1 to " + highest, highest);
            return otherwise;
        }
        String digits = text.replaceFirst("^0+", "");
        return digits.length() > 9 ? highest : Math.min(highest, Integer.parseInt(digits));
    }

    /** Whether the text is a whole number above {@code highest}. */
    static boolean isNumberAbove(@Nullable String text, int highest) {
        return text != null
                && text.matches("[0-9]+")
                && new java.math.BigInteger(text.length() > 20 ? text.substring(0, 20) : text)
                                .compareTo(java.math.BigInteger.valueOf(highest))
                        > 0;
    }

    /** One of the names; {@code otherwise} when it is not given. */
    String oneOf(String name, String otherwise, List<String> allowed) {
        String text = text(name);
        if (text == null || allowed.contains(text)) {
            return text == null ? otherwise : text;
        }
        reject(name, "not-allowed", "must be one of " + String.join(", ", allowed), allowed);
        return otherwise;
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    void reject(String name, String code, String detail, @Nullable Object limit) {
        errors.add(ProblemError.parameter(name, code, detail, limit));
    }

    /**
     * @throws ProblemException with all that is wrong, if anything is: parameters that do not exist here, and those that were
     *     rejected
     */
    void requireAllKnown() {
        List<ProblemError> all = new ArrayList<>(errors);
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                all.add(ProblemError.parameter(
                        name, "unknown-parameter", "is not a parameter that exists here", List.copyOf(known)));
            }
        }
        if (!all.isEmpty()) {
            ProblemError first = all.get(0);
            throw Problem.of(ProblemKind.INVALID_PARAMETER, "The parameter '" + first.name() + "' " + first.detail())
                    .withErrors(all)
                    .exception();
        }
    }

    private static String decode(String encoded) {
        ByteBuffer bytes = ByteBuffer.allocate(encoded.length() * 3);
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '+') {
                bytes.put((byte) ' ');
            } else if (c == '%') {
                bytes.put(octet(encoded, i));
                i += 2;
            } else {
                bytes.put(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException invalid) {
            throw malformed();
        }
    }

    private static byte octet(String encoded, int percent) {
        if (percent + 2 >= encoded.length()) {
            throw malformed();
        }
        int high = Character.digit(encoded.charAt(percent + 1), 16);
        int low = Character.digit(encoded.charAt(percent + 2), 16);
        if (high < 0 || low < 0) {
            throw malformed();
        }
        return (byte) (high << 4 | low);
    }

    private static ProblemException malformed() {
        return Problem.of(ProblemKind.MALFORMED_REQUEST, "The query is not percent-encoded UTF-8")
                .exception();
    }
}
