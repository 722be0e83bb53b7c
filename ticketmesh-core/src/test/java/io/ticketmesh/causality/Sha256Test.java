package io.ticketmesh.causality;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class Sha256Test {
    @Test
    void isTheHeadOfTheStandardsHash() {
        assertThat(Sha256.of("abc".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(new Sha256(0xba7816bf8f01cfeaL, 0x414140de5dae2223L));
    }

    @Test
    void aNameCountsWithItsLengthInFourBytesAndItsUtf8() {
        assertThat(Sha256.ofNames("a", "\u00f6")).isEqualTo(new Sha256(0x09520e354adaa96cL, 0x2191d32a05e1aa3dL));
        assertThat(Sha256.ofNames("a", "\u00f6"))
                .isEqualTo(Sha256.of(new byte[] {0, 0, 0, 1, 'a', 0, 0, 0, 2, (byte) 0xc3, (byte) 0xb6}));
    }

    @Test
    void namesDoNotRunTogether() {
        assertThat(Sha256.ofNames("ab", "c")).isNotEqualTo(Sha256.ofNames("a", "bc"));
        assertThat(Sha256.ofNames("ab", "")).isNotEqualTo(Sha256.ofNames("ab"));
    }
}
