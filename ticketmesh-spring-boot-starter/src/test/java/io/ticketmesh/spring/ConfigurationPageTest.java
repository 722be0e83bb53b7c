package io.ticketmesh.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.json.Json;
import io.ticketmesh.json.JsonArray;
import io.ticketmesh.json.JsonLimits;
import io.ticketmesh.json.JsonObject;
import io.ticketmesh.json.JsonString;
import io.ticketmesh.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ConfigurationPageTest {
    private static final Pattern ROW = Pattern.compile("\\| `(ticketmesh\\.[a-z.-]+)` \\|([^|]*)\\| (.+) \\|");

    @Test
    void thePageListsEverySettingWithItsDefault() throws IOException {
        Map<String, String> page = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("..", "docs", "configuration.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                page.put(row.group(1), row.group(2).replace("`", "").strip());
            }
        }
        Map<String, String> metadata = new TreeMap<>();
        properties().forEach((name, property) -> metadata.put(name, defaultOf(property)));
        metadata.put("ticketmesh.workflow.states", "the standard ones");
        metadata.put("ticketmesh.workflow.transitions", "the standard ones");
        assertThat(page).isEqualTo(metadata);
    }

    @Test
    void everySettingIsDescribed() throws IOException {
        assertThat(properties()).isNotEmpty().allSatisfy((name, property) -> assertThat(
                        property.member("description"))
                .as(name)
                .get()
                .extracting(value -> ((JsonString) value).text())
                .asString()
                .endsWith("."));
    }

    private static Map<String, JsonObject> properties() throws IOException {
        try (InputStream file = TicketMeshProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            JsonObject metadata = (JsonObject) Json.parse(file, JsonLimits.DEFAULT);
            JsonArray properties = (JsonArray) metadata.member("properties").orElseThrow();
            return properties.elements().stream()
                    .map(JsonObject.class::cast)
                    .filter(property -> text(property.member("name").orElseThrow()).startsWith("ticketmesh."))
                    .collect(Collectors.toMap(property -> text(property.member("name").orElseThrow()), property -> property));
        }
    }

    private static String defaultOf(JsonObject property) {
        JsonValue value = property.member("defaultValue").orElse(null);
        if (value instanceof JsonArray array) {
            return array.elements().stream().map(ConfigurationPageTest::text).collect(Collectors.joining(", "));
        }
        return value == null ? "" : text(value);
    }

    private static String text(JsonValue value) {
        return value instanceof JsonString string ? string.text() : value.toString();
    }
}
