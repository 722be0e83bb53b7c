package io.ticketmesh.spring.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 0",
        "bytes=3-5, 3, 5",
        "bytes=3-, 3, 9",
        "bytes=3-99, 3, 9",
        "bytes=-4, 6, 9",
        "bytes=-99, 0, 9",
        "'Bytes = 1 - 2', 1, 2"
    })
    void aRangeIsCutToWhatThereIs(String header, long first, long last) {
        assertThat(ByteRange.of(header, 10)).isEqualTo(new ByteRange(first, last));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"bytes=-", "bytes=5-3", "bytes=0-1,4-5", "lines=0-1", "bytes=a-b", "bytes", "", "bytes=0-1x"})
    void whatIsNoSingleRangeIsOverheard(String header) {
        assertThat(ByteRange.of(header, 10)).isNull();
        assertThat(ByteRange.of(null, 10)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=10-, 10",
        "bytes=10-12, 10",
        "bytes=-0, 10",
        "bytes=0-, 0",
        "bytes=-5, 0",
        "bytes=999999999999999999-, 10"
    })
    void aRangeOfNothingCannotBeSent(String header, long size) {
        assertThatThrownBy(() -> ByteRange.of(header, size)).isInstanceOfSatisfying(ProblemException.class, refused -> {
            assertThat(refused.problem().kind()).isEqualTo(ProblemKind.RANGE_NOT_SATISFIABLE);
            assertThat(refused.problem().headers()).containsEntry("Content-Range", "bytes */" + size);
        });
    }

    @Test
    void aRangeTellsWhereItStands() {
        assertThat(new ByteRange(3, 5).of(10)).isEqualTo("bytes 3-5/10");
        assertThat(new ByteRange(3, 5).length()).isEqualTo(3);
    }
}
