package io.ticketmesh.search;

import io.ticketmesh.json.Json;
import io.ticketmesh.json.JsonArray;
import io.ticketmesh.json.JsonLimits;
import io.ticketmesh.json.JsonObject;
import io.ticketmesh.json.JsonString;
import io.ticketmesh.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;

/**
 * As many tickets as wanted, made of a real issue tracker of 1,444 issues and pull requests, the one that the sample brings along.
 * The first ones have its titles and bodies as they are; the others have the beginning of one title and the end of another, some
 * paragraphs of any bodies, any comments, and a number that no other has. So words are as frequent beside each other, and texts as
 * long, as people have written them. The ticket of a number is always the same. Immutable.
 */
public final class TrackerTickets {
    private static final Path ARCHIVE =
            Path.of("..", "ticketmesh-sample", "src/main/resources/sample-data/tls13-spec-archive.json.gz");
    private static final JsonLimits LIMITS =
            JsonLimits.DEFAULT.withDocumentBytes(1 << 26).withStringChars(1 << 22);
    private static final int MAX_DESCRIPTION = 2_000;
    private static final int MAX_TITLE = 255;

    private final List<Draft> real = new ArrayList<>();
    private final List<String> paragraphs = new ArrayList<>();
    private final List<String> comments = new ArrayList<>();

    /**
     * What somebody writes.
     *
     * @param comments public ones, as a rule none or one
     */
    public record Draft(String title, String description, List<String> comments, List<String> tags) {}

    private TrackerTickets(JsonObject archive) {
        for (String kind : List.of("issues", "pulls")) {
            for (JsonValue item : list(archive, kind)) {
                take((JsonObject) item);
            }
        }
    }

    /** Reads the archive of the sample, which stands beside this module. */
    public static TrackerTickets load() {
        try (InputStream packed = Files.newInputStream(ARCHIVE);
                InputStream unpacked = new GZIPInputStream(packed)) {
            return new TrackerTickets((JsonObject) Json.parse(unpacked.readAllBytes(), LIMITS));
        } catch (IOException missing) {
            throw new UncheckedIOException("The sample's issue tracker is not at " + ARCHIVE.toAbsolutePath(), missing);
        }
    }

    private void take(JsonObject item) {
        String body = text(item, "body");
        for (String paragraph : body.split("\\R\\s*\\R", -1)) {
            if (!paragraph.isBlank()) {
                paragraphs.add(paragraph.strip());
            }
        }
        List<String> own = new ArrayList<>();
        for (JsonValue comment : list(item, "comments")) {
            String written = text((JsonObject) comment, "body");
            if (!written.isBlank()) {
                own.add(bounded(written, MAX_DESCRIPTION));
            }
        }
        comments.addAll(own);
        List<String> tags = new ArrayList<>();
        for (JsonValue label : list(item, "labels")) {
            if (label instanceof JsonString name) {
                tags.add(name.text());
            }
        }
        real.add(new Draft(text(item, "title").strip(), bounded(body, MAX_DESCRIPTION), own, tags));
    }

    /** How many there are of which nothing was mixed. */
    public int real() {
        return real.size();
    }

    public Draft draft(long number) {
        if (number < real.size()) {
            return real.get((int) number);
        }
        SplittableRandom random = new SplittableRandom(number);
        StringBuilder description = new StringBuilder();
        for (int i = random.nextInt(5); i >= 0; i--) {
            description.append(any(random, paragraphs)).append("\n\n");
        }
        description.append("Case ").append(number);
        List<String> few = random.nextInt(3) == 0 ? List.of(any(random, comments), any(random, comments)) : List.of();
        return new Draft(
                bounded(title(random), MAX_TITLE),
                bounded(description.toString(), MAX_DESCRIPTION),
                few,
                any(random, real).tags());
    }

    private String title(SplittableRandom random) {
        String[] one = any(random, real).title().split(" ");
        String[] other = any(random, real).title().split(" ");
        String begin = String.join(" ", List.of(one).subList(0, (one.length + 1) / 2));
        return begin + " " + String.join(" ", List.of(other).subList(other.length / 2, other.length));
    }

    private static <T> T any(SplittableRandom random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static String bounded(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        return text.substring(0, Character.isLowSurrogate(text.charAt(max)) ? max - 1 : max);
    }

    private static String text(JsonObject item, String name) {
        return item.member(name).orElse(null) instanceof JsonString string ? string.text() : "";
    }

    private static List<? extends JsonValue> list(JsonObject item, String name) {
        return item.member(name).orElse(null) instanceof JsonArray array ? array.elements() : List.of();
    }
}
