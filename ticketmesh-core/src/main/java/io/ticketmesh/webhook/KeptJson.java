package io.ticketmesh.webhook;

import io.ticketmesh.json.Json;
import io.ticketmesh.json.JsonLimits;
import io.ticketmesh.json.ObjectForm;
import io.ticketmesh.json.Violations;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads entries of books, which another node wrote, perhaps one of a newer version. */
final class KeptJson {
    private static final Logger LOG = LoggerFactory.getLogger(KeptJson.class);

    private KeptJson() {}

    /** What the reading makes of it; empty when it does not find what it needs. Members that it does not ask for may be there. */
    static <T> Optional<T> read(String text, Function<ObjectForm, T> reading) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return Optional.of(reading.apply(ObjectForm.of(Json.parse(bytes, JsonLimits.DEFAULT), new Violations())));
        } catch (RuntimeException notUnderstood) {
            LOG.debug("An entry about webhooks is not understood and passed over", notUnderstood);
            return Optional.empty();
        }
    }
}
