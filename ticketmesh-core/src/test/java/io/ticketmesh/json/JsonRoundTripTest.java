package io.ticketmesh.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

class JsonRoundTripTest {
    private static final JsonLimits LIMITS = JsonLimits.DEFAULT;

    @Test
    void whateverIsWrittenIsReadBackTheSame() {
        for (long seed = 0; seed < 3_000; seed++) {
            JsonValue tree = new RandomJson(seed).value(5);
            byte[] written = JsonWriter.bytes(json -> json.value(tree));

            JsonValue read = Json.parse(written, LIMITS);
            assertThat(read).as("seed %d", seed).isEqualTo(tree);
            assertThat(read).as("seed %d", seed).hasSameHashCodeAs(tree);
            assertThat(JsonWriter.bytes(json -> json.value(read)))
                    .as("seed %d", seed)
                    .isEqualTo(written);
        }
    }

    @Test
    void everyPointerLeadsBackToItsValue() {
        int checked = 0;
        for (long seed = 0; seed < 1_000; seed++) {
            JsonValue root = Json.parse(new RandomJson(seed).value(5).toString().getBytes(UTF_8), LIMITS);
            Deque<JsonValue> open = new ArrayDeque<>();
            open.add(root);
            while (!open.isEmpty()) {
                JsonValue value = open.remove();
                JsonPointer pointer = JsonPointer.parse(value.pointer().toString());
                assertThat(root.at(pointer).orElseThrow())
                        .as("seed %d, %s", seed, pointer)
                        .isSameAs(value);
                checked++;
                if (value instanceof JsonObject parent) {
                    open.addAll(parent.members().values());
                } else if (value instanceof JsonArray parent) {
                    open.addAll(parent.elements());
                }
            }
        }
        assertThat(checked).isGreaterThan(2_000);
    }

    @Test
    void damagedBytesAreReadOrRefusedButNeverAnythingElse() {
        int refused = 0;
        int read = 0;
        for (long seed = 0; seed < 20_000; seed++) {
            RandomJson random = new RandomJson(seed);
            byte[] damaged = random.mutated(random.value(4).toString().getBytes(UTF_8));
            try {
                JsonValue value = Json.parse(damaged, LIMITS);
                assertThat(Json.parse(value.toString().getBytes(UTF_8), LIMITS))
                        .as("seed %d", seed)
                        .isEqualTo(value);
                read++;
            } catch (MalformedJsonException fault) {
                int chars = new String(damaged, UTF_8).length();
                assertThat(fault.offset()).as("seed %d: %s", seed, fault).isBetween(0L, (long) chars);
                assertThat(fault.line()).as("seed %d: %s", seed, fault).isPositive();
                assertThat(fault.column()).as("seed %d: %s", seed, fault).isPositive();
                assertThat(fault.problem())
                        .as("seed %d", seed)
                        .isNotEqualTo("not valid JSON")
                        .doesNotContain("JsonReadFeature");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(5_000);
        assertThat(read).isGreaterThan(1_000);
    }
}
