package io.ticketmesh.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HealthTest {
    private final Health health = new Health();

    @Test
    void oneThatFailsAgainAndAgainIsAskedLessOften() {
        assertThat(health.concurrency()).isEqualTo(4);
        fail(2);
        assertThat(health.takesNews(0)).isTrue();
        fail(1);

        assertThat(health.concurrency()).isEqualTo(1);
        assertThat(health.takesNews(4_999)).isFalse();
        assertThat(health.takesNews(5_000)).isTrue();
        fail(1);
        assertThat(health.takesNews(5_000)).isFalse();
        assertThat(health.takesNews(10_000)).isTrue();
        fail(100);
        assertThat(health.takesNews(299_999)).isFalse();
        assertThat(health.takesNews(300_000)).isTrue();
    }

    @Test
    void oneThatTakesSomethingIsWellAgain() {
        fail(3);

        assertThat(health.note(true, 1)).isTrue();
        assertThat(health.takesNews(1)).isTrue();
        assertThat(health.note(true, 2)).isFalse();
    }

    private void fail(int times) {
        for (int time = 0; time < times; time++) {
            assertThat(health.note(false, 0)).isFalse();
        }
    }
}
