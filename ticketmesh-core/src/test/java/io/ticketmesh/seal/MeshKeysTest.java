package io.ticketmesh.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeshKeysTest {
    private static final ClusterName HELPDESK = new ClusterName("helpdesk");
    private static final ClusterName WORKSHOP = new ClusterName("workshop");
    private static final String SECRET = "correct horse battery";

    @Test
    void everyPurposeClusterAndSecretHasAKeyOfItsOwn() {
        MeshKeys keys = MeshKeys.ofSecret(HELPDESK, SECRET);
        List<SealKey> all = List.of(
                keys.mesh(),
                keys.registry(),
                MeshKeys.ofSecret(WORKSHOP, SECRET).mesh(),
                MeshKeys.ofSecret(HELPDESK, SECRET + "!").mesh(),
                MeshKeys.ofName(HELPDESK).mesh(),
                MeshKeys.ofSecret(HELPDESK, "helpdesk-helpdesk").mesh());

        assertThat(all).extracting(key -> HexFormat.of().formatHex(key.bytes())).doesNotHaveDuplicates();
        assertThat(all).extracting(SealKey::id).doesNotHaveDuplicates();
        assertThat(keys.mesh().bytes()).hasSize(32);
    }

    /** All nodes derive the same, in this version and in later ones: other bytes would split every mesh at its upgrade. */
    @Test
    void keysStayAsTheyAre() {
        SealKey key = MeshKeys.ofSecret(HELPDESK, SECRET).mesh();

        assertThat(Integer.toHexString(key.id()) + " " + HexFormat.of().formatHex(key.bytes(), 0, 8))
                .isEqualTo("78db76e0 1b5cba0b6cbe4a49");
        assertThat(Long.toHexString(HELPDESK.id())).isEqualTo("d44160f293af3950");
    }

    @Test
    void derivedBytesDependOnPurposeAndContext() {
        SealKey key = MeshKeys.ofSecret(HELPDESK, SECRET).mesh();

        assertThat(key.derive("one", new byte[] {1}, 64)).hasSize(64).isEqualTo(key.derive("one", new byte[] {1}, 64));
        assertThat(key.derive("one", new byte[] {1}, 64)).isNotEqualTo(key.derive("one", new byte[] {2}, 64));
        assertThat(key.derive("one", new byte[] {1}, 64)).isNotEqualTo(key.derive("two", new byte[] {1}, 64));
    }

    @Test
    void aShortSecretIsRefusedWithoutRepeatingIt() {
        assertThatThrownBy(() -> MeshKeys.ofSecret(HELPDESK, "fifteen letters"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("16")
                .hasMessageNotContaining("fifteen");
    }

    @Test
    void aKeyDoesNotPrintItself() {
        SealKey key = MeshKeys.ofSecret(HELPDESK, SECRET).mesh();

        assertThat(key.toString()).doesNotContain(HexFormat.of().formatHex(key.bytes(), 0, 4));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "a b", "ä", "a/b", "12345678901234567890123456789012345678901234567890123456789012345"})
    void aNameOfAnotherFormIsRefused(String name) {
        assertThatThrownBy(() -> new ClusterName(name)).hasMessageContaining("ticketmesh.mesh.cluster");
    }
}
