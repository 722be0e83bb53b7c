package io.ticketmesh.spring.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagsTest {
    @Test
    void aListHoldsStrongAndWeakTags() {
        EntityTags tags = EntityTags.parse("If-Match", " \"a\" ,W/\"b\",\"c,d\"");
        assertThat(tags).isEqualTo(new EntityTags(false, Set.of("a", "c,d"), Set.of("b")));
        assertThat(tags.expected()).containsExactlyInAnyOrder("a", "c,d", "W/b");
        assertThat(tags.covers("b")).isTrue();
        assertThat(tags.covers("e")).isFalse();
    }

    @Test
    void aStarMeansAnyState() {
        EntityTags any = EntityTags.parse("If-Match", " * ");
        assertThat(any.any()).isTrue();
        assertThat(any.covers("whatever")).isTrue();
        assertThat(any.expected()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "a", "'a'", "\"a", "a\"", "\"a\"b", "\"a\",", ",\"a\"", "w/\"a\"", "*, \"a\"", "\"a b\""
            })
    void anythingElseIsRefused(String value) {
        assertThatThrownBy(() -> EntityTags.parse("If-Match", value)).isInstanceOf(ProblemException.class);
    }
}
