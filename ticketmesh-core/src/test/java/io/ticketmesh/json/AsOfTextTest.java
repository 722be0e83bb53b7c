package io.ticketmesh.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.OperationId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.node.VersionToken;
import io.ticketmesh.oplog.AsOf;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AsOfTextTest {
    private final Origin origin = new Origin(new NodeId(0x51f3c0deL << 32, 7), 0x1_0000L);
    private final OperationId operation = new OperationId(origin, 12);

    @Test
    void eachKindOfPointIsRead() {
        VersionVector version = VersionVector.EMPTY.with(operation);

        assertThat(AsOfText.parse("2026-01-31T15:05:00+01:00"))
                .isEqualTo(AsOf.time(Instant.parse("2026-01-31T14:05:00Z")));
        assertThat(AsOfText.parse("\"1x9kq\"")).isEqualTo(AsOf.state("1x9kq"));
        assertThat(AsOfText.parse(operation.toString())).isEqualTo(AsOf.step(operation));
        assertThat(AsOfText.parse(VersionToken.of(version, origin))).isEqualTo(AsOf.version(version));
    }

    @Test
    void anythingElseIsRefusedWithWhatItCouldBe() {
        for (String text :
                List.of("", "yesterday", "\"\"", "\"UPPER\"", "51f3c0de.1#0", "W/\"a\"", "A".repeat(5_000))) {
            assertThatThrownBy(() -> AsOfText.parse(text))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("entity tag in quotes");
        }
        assertThatThrownBy(() -> AsOfText.parse("2026-02-30T00:00:00Z")).hasMessageContaining("calendar");
        assertThatThrownBy(() -> AsOfText.parse("2026-02-03")).hasMessageContaining("RFC 3339");
    }
}
