package io.ticketmesh.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TicketIdTest {
    /** The example of RFC 9562, appendix A.6. */
    private static final String EXAMPLE = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f";

    @Test
    void aTimeOrderedIdIsThatOfTheStandard() {
        TicketId id = TicketId.timeOrdered(0x017F22E279B0L, 0xCC3, 0x18C4DC0C0C07398FL);

        assertThat(id).hasToString(EXAMPLE);
        assertThat(id.uuid().version()).isEqualTo(7);
        assertThat(id.uuid().variant()).isEqualTo(2);
    }

    @Test
    void randomBitsDoNotSpillIntoTimeVersionOrVariant() {
        TicketId ones = TicketId.timeOrdered(5, -1, -1);
        TicketId zeros = TicketId.timeOrdered(5, 0, 0);

        assertThat(ones).hasToString("00000000-0005-7fff-bfff-ffffffffffff");
        assertThat(zeros).hasToString("00000000-0005-7000-8000-000000000000");
    }

    @Test
    void timeOrderedIdsSortByTime() {
        assertThat(TicketId.timeOrdered(2, 0, 0)).isGreaterThan(TicketId.timeOrdered(1, -1, -1));
        assertThat(TicketId.timeOrdered(1L << 47, 0, 0)).isGreaterThan(TicketId.timeOrdered(1, 0, 0));
    }

    @Test
    void aDerivedIdIsTheSameOnEveryNode() {
        TicketId id = TicketId.derived("tickets", "ada", "key-1");

        assertThat(id).hasToString("ad8f4e2e-1759-8183-a3ec-057be4100365");
        assertThat(id.uuid().version()).isEqualTo(8);
        assertThat(id.uuid().variant()).isEqualTo(2);
        assertThat(CommentId.derived("tickets", "ada", "key-1").uuid()).isEqualTo(id.uuid());
    }

    @Test
    void partsOfADerivedIdDoNotRunTogether() {
        assertThat(TicketId.derived("a", "bc", "d")).isNotEqualTo(TicketId.derived("ab", "c", "d"));
        assertThat(TicketId.derived("a", "b", "cd")).isNotEqualTo(TicketId.derived("a", "bc", "d"));
    }

    @Test
    void anIdIsReadAsItIsWritten() {
        assertThat(TicketId.parse(EXAMPLE)).hasToString(EXAMPLE);
        assertThat(TicketId.parse(EXAMPLE.toUpperCase(java.util.Locale.ROOT))).hasToString(EXAMPLE);
        assertThat(TicketId.of(UUID.fromString(EXAMPLE)).uuid()).isEqualTo(UUID.fromString(EXAMPLE));
        assertThat(CommentId.parse(EXAMPLE)).hasToString(EXAMPLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1-2-3-4-5", "017f22e2-79b0-7cc3-98c4-dc0c0c07398", "017f22e279b07cc398c4dc0c0c07398f0000"})
    void whatIsNoUuidIsNotRead(String text) {
        assertThatThrownBy(() -> TicketId.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theKeyIsTheHeadOfTheHashInCrockfordsBase32() {
        assertThat(TicketId.parse(EXAMPLE).key()).hasToString("TM-9RQ24HVK");
        assertThat(TicketId.derived("tickets", "ada", "key-1").key()).hasToString("TM-ZD4G39KW");
    }

    @ParameterizedTest
    @CsvSource({"TM-9RQ24HVK, 9RQ24HVK", "tm-9rq24hvk, 9RQ24HVK", "9RQ2, 9RQ2", "ilo0, 1100", "TM-ILoO, 1100"})
    void aKeyIsUnderstoodAsPeopleWriteIt(String written, String normal) {
        assertThat(TicketKey.normalize(written)).isEqualTo(normal);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "TM-", "9RQ24HVKX", "9RQ2-4HVK", "UUUU", "ä", "9RQ 4"})
    void whatIsNoKeyIsNotUnderstood(String written) {
        assertThat(TicketKey.normalize(written)).isNull();
    }

    @Test
    void aPrefixSpansAllKeysThatBeginWithIt() {
        TicketKey key = TicketId.parse(EXAMPLE).key();

        for (int length = 1; length <= 8; length++) {
            String prefix = key.toString().substring(3, 3 + length);
            assertThat(key).isBetween(TicketKey.first(prefix), TicketKey.last(prefix));
        }
        assertThat(TicketKey.first("9RQ24HVK")).isEqualTo(key).isEqualTo(TicketKey.last("9RQ24HVK"));
        assertThat(TicketKey.first("Z")).hasToString("TM-Z0000000");
        assertThat(TicketKey.last("Z")).hasToString("TM-ZZZZZZZZ");
        assertThat(TicketKey.last("9RQ1")).isLessThan(key);
    }
}
