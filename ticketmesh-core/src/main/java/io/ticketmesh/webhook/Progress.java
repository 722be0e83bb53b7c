package io.ticketmesh.webhook;

import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.json.JsonWriter;
import io.ticketmesh.wire.WireCodec;
import java.util.Base64;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How far one node has come with one webhook. Each node writes its own, so that none can take another's back; together they are the
 * greatest of all. Immutable.
 *
 * @param settled up to which operation of each run all is delivered, or noted in the log of deliveries; runs of which nothing is
 *     said begin where the webhook does
 * @param deliveredAtMillis when the receiver last took something; 0 when it never did
 * @param writtenAtMillis when that was written
 */
record Progress(VersionVector settled, long deliveredAtMillis, long writtenAtMillis) {
    static final Progress NONE = new Progress(VersionVector.EMPTY, 0, 0);

    /** More runs than write within a week; they fit an entry of a book. */
    static final int MAX_RUNS = 200;

    private static final WireCodec CODEC = new WireCodec();

    /** As it is kept; when it was written is known from elsewhere. */
    String text() {
        byte[] bytes = CODEC.encodeVersion(newest(settled));
        return JsonWriter.text(json -> json.startObject()
                .member("settled", Base64.getEncoder().encodeToString(bytes))
                .member("deliveredAt", deliveredAtMillis)
                .endObject());
    }

    private static VersionVector newest(VersionVector settled) {
        if (settled.size() <= MAX_RUNS) {
            return settled;
        }
        return VersionVector.of(settled.entries().entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<Origin, Long> entry) ->
                                entry.getKey().incarnation())
                        .reversed())
                .limit(MAX_RUNS)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    static Optional<Progress> parse(String text, long writtenAtMillis) {
        return KeptJson.read(text, form -> {
            byte[] bytes = Base64.getDecoder().decode(form.string("settled").value());
            return new Progress(
                    CODEC.decodeVersion(bytes), form.integer("deliveredAt").value(), writtenAtMillis);
        });
    }
}
