package io.ticketmesh.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.InvalidQueryException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CannedReplyTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Dear {{repoter}}          | unknown-placeholder  | 5
            {{reporter}} and {{       | unclosed-placeholder | 17
            {{}}                      | unknown-placeholder  | 0
            {{{reporter}}}            | unknown-placeholder  | 0
            {{reporter}               | unclosed-placeholder | 0
            """)
    void aPlaceholderThatThereIsNotIsRefusedWithItsPlace(String body, String code, int position) {
        assertThatThrownBy(() -> CannedReply.of("x", body))
                .isInstanceOfSatisfying(InvalidQueryException.class, refused -> {
                    assertThat(refused.field()).isEqualTo("body");
                    assertThat(refused.code()).isEqualTo(code);
                    assertThat(refused.position()).hasValue(position);
                    assertThat(refused.problem()).contains("position " + position);
                    assertThat(refused.allowed()).contains("ticket.key", "actor");
                });
    }

    @Test
    void singleBracesAreText() {
        assertThat(CannedReply.of("x", "{a} } }} {").body()).isEqualTo("{a} } }} {");
    }

    @Test
    void limitsHold() {
        CannedReply.of("x", "y".repeat(CannedReply.MAX_BODY_CHARS));
        assertThatThrownBy(() -> CannedReply.of("x", "y".repeat(CannedReply.MAX_BODY_CHARS + 1)))
                .hasMessageContaining("body has 7501 characters, at most 7500");
        assertThatThrownBy(() -> CannedReply.of("x", " \n")).hasMessageContaining("body is blank");
        assertThatThrownBy(() -> new CannedReply("x", "y", null, null, Collections.nCopies(11, "t")))
                .hasMessageContaining("tags has 11 tags, at most 10");
        assertThatThrownBy(() -> new CannedReply("x", "y", null, null, List.of(" ")))
                .isInstanceOf(InvalidChangeException.class);
        assertThatThrownBy(() -> new CannedReply("x", "y", null, "fixed", List.of()))
                .hasMessageContaining("resolution needs a status");
    }
}
