package io.ticketmesh.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionVector;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VersionTokenTest {
    private static final Origin OWN = new Origin(new NodeId(1, 1), 5);

    /** So many runs, of which the later ones have the higher incarnations, and {@link #OWN}. */
    private static VersionVector runs(int count) {
        Random random = new Random(count);
        Map<Origin, Long> entries = new HashMap<>();
        for (int i = 0; i < count; i++) {
            entries.put(
                    new Origin(new NodeId(random.nextLong(), random.nextLong()), (1_790_000_000_000L + i) << 20),
                    1 + random.nextLong(1_000_000));
        }
        entries.put(OWN, 17L);
        return VersionVector.of(entries);
    }

    @Test
    void aTokenSaysWhatItWasMadeOf() {
        for (VersionVector version : List.of(VersionVector.EMPTY, runs(0), runs(7), runs(90))) {
            String token = VersionToken.of(version, OWN);
            assertThat(token).matches("[A-Za-z0-9_-]+").hasSizeLessThanOrEqualTo(VersionToken.MAX_CHARS);
            assertThat(VersionToken.parse(token)).isEqualTo(version);
        }
    }

    @Test
    void aTokenOfVeryManyRunsKeepsTheOwnOneAndTheNewest() {
        for (int count : new int[] {200, 5_000}) {
            VersionVector version = runs(count);
            String token = VersionToken.of(version, OWN);
            assertThat(token).hasSizeBetween(VersionToken.MAX_CHARS * 8 / 10, VersionToken.MAX_CHARS);
            VersionVector told = VersionToken.parse(token);
            assertThat(version.dominates(told)).isTrue();
            assertThat(told.get(OWN)).isEqualTo(17);
            assertThat(told.size()).isGreaterThan(80);
            long oldestTold = told.entries().keySet().stream()
                    .filter(origin -> !origin.equals(OWN))
                    .mapToLong(Origin::incarnation)
                    .min()
                    .orElseThrow();
            assertThat(version.entries().keySet().stream().filter(origin -> origin.incarnation() >= oldestTold))
                    .allSatisfy(origin -> assertThat(told.get(origin)).isEqualTo(version.get(origin)));
        }
    }

    @Test
    void garbageIsRefusedWithAReason() {
        String good = VersionToken.of(runs(3), OWN);
        for (String garbage :
                List.of("", " ", "*", "AAAA", good.substring(0, good.length() - 4), good + "=", "ü", "a b")) {
            assertThatThrownBy(() -> VersionToken.parse(garbage))
                    .as(garbage)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("is not a version that a node has told");
        }
        assertThatThrownBy(() -> VersionToken.parse("A".repeat(VersionToken.MAX_CHARS + 1)))
                .hasMessageContaining("4097 characters, at most 4096");
    }

    @Test
    void randomBytesNeverDoWorse() {
        Random random = new Random(11);
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            try {
                VersionVector accepted = VersionToken.parse(token);
                assertThat(VersionToken.parse(VersionToken.of(accepted, OWN))).isEqualTo(accepted);
            } catch (IllegalArgumentException refused) {
                assertThat(refused).hasMessage("is not a version that a node has told");
            }
        }
    }
}
