package io.ticketmesh.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPointerTest {
    @Test
    void slashesAndTildesInNamesAreEscaped() {
        JsonPointer pointer = JsonPointer.ROOT.child("a/b").child(3).child("~1").child("");

        assertThat(pointer).hasToString("/a~1b/3/~01/");
        assertThat(pointer.tokens()).containsExactly("a/b", "3", "~1", "");
        assertThat(JsonPointer.parse("/a~1b/3/~01/")).isEqualTo(pointer).hasSameHashCodeAs(pointer);
    }

    @Test
    void theRootIsTheEmptyText() {
        assertThat(JsonPointer.parse("")).isEqualTo(JsonPointer.ROOT).hasToString("");
        assertThat(JsonPointer.parse("/")).isNotEqualTo(JsonPointer.ROOT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "/~", "/~2", "/a~", " /a"})
    void aTextThatIsNoPointerIsRefused(String text) {
        assertThatThrownBy(() -> JsonPointer.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
