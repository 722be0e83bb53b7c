package io.ticketmesh.attachment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.ticket.Attachment;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttachmentOptionsTest {
    private static final AttachmentOptions DEFAULT = AttachmentOptions.DEFAULT;

    @Test
    void everythingIsTakenUnlessSomethingIsNamed() {
        assertThat(DEFAULT.takes("application/x-executable")).isTrue();
        AttachmentOptions some = DEFAULT.withMediaTypes(List.of("image/*", " Application/PDF "));
        assertThat(some.takes("image/png")).isTrue();
        assertThat(some.takes("application/pdf")).isTrue();
        assertThat(some.takes("imagery/png")).isFalse();
        assertThat(some.takes("text/html")).isFalse();
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> DEFAULT.withMaxBytes(0)).hasMessageContaining("1 to " + Attachment.MAX_BYTES);
        assertThatThrownBy(() -> DEFAULT.withMaxBytes(Attachment.MAX_BYTES + 1))
                .hasMessageContaining("what all nodes take");
        assertThatThrownBy(() -> DEFAULT.withMediaTypes(List.of("png"))).hasMessageContaining("'png'");
        assertThatThrownBy(() -> DEFAULT.withMinFreeBytes(-1)).hasMessageContaining("-1");
        assertThatThrownBy(() -> DEFAULT.withFetchWait(Duration.ofSeconds(-1))).hasMessageContaining("negative");
    }
}
