package io.ticketmesh.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Trees of every kind of value, the same for the same seed; texts hold what is awkward to write. */
final class RandomJson {
    private static final String[] AWKWARD = {
        "", "~", "/", "\"", "\\", "\n", "\r", "\0", "\u001F", "\u007F", "\u0085", "\u2028", "\u2029", "ü", "€", "😀",
        "\uFEFF", "\uFFFF", "a"
    };

    private final Random random;

    RandomJson(long seed) {
        this.random = new Random(seed);
    }

    JsonValue value(int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 6)) {
            case 0 -> JsonString.of(text());
            case 1 ->
                JsonNumber.of(new BigDecimal(new BigInteger(random.nextInt(100), random), random.nextInt(101) - 50));
            case 2 -> JsonBoolean.of(random.nextBoolean());
            case 3 -> JsonNull.of();
            case 4 -> {
                List<JsonValue> elements = new ArrayList<>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    elements.add(value(depth - 1));
                }
                yield JsonArray.of(elements);
            }
            default -> {
                Map<String, JsonValue> members = new LinkedHashMap<>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    members.put(text(), value(depth - 1));
                }
                yield JsonObject.of(members);
            }
        };
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(AWKWARD[random.nextInt(AWKWARD.length)]);
        }
        return text.toString();
    }

    byte[] mutated(byte[] document) {
        byte[] mutated = document.clone();
        for (int i = 1 + random.nextInt(3); i > 0 && mutated.length > 0; i--) {
            int at = random.nextInt(mutated.length);
            switch (random.nextInt(4)) {
                case 0 -> mutated[at] = (byte) random.nextInt(256);
                case 1 -> mutated[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> mutated = java.util.Arrays.copyOf(mutated, at);
                default -> mutated[at] = (byte) "{}[]\",:\\-+.eE0u\n".charAt(random.nextInt(16));
            }
        }
        return mutated;
    }
}
