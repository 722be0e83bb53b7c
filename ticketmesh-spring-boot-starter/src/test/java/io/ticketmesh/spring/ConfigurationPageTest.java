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
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Keeps the table in docs/configuration.md; {@code -Dticketmesh.docs.write=true} writes it. */
class ConfigurationPageTest {
    private static final Path PAGE = Path.of("..", "docs", "configuration.md");
    private static final String HEAD = "| setting | default | meaning |";

    @Test
    void thePageIsMadeOfTheMetadata() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(HEAD);
        int end = page.indexOf("\n\n", begin);
        String made = page.substring(0, begin) + table() + page.substring(end);
        if (Boolean.getBoolean("ticketmesh.docs.write")) {
            Files.writeString(PAGE, made);
        } else {
            assertThat(page)
                    .as("write it with: mvn -pl ticketmesh-spring-boot-starter -am test -Dtest=ConfigurationPageTest"
                            + " -Dsurefire.failIfNoSpecifiedTests=false -Dticketmesh.docs.write=true")
                    .isEqualTo(made);
        }
    }

    private static String table() throws IOException {
        StringBuilder table = new StringBuilder(HEAD + "\n|---|---|---|");
        properties().forEach((name, property) -> {
            String standard = defaultOf(property);
            table.append("\n| `").append(name).append("` | ");
            table.append(standard.isEmpty() ? "" : "`" + standard + "` ");
            table.append("| ")
                    .append(text(property.member("description").orElseThrow()))
                    .append(" |");
        });
        return table.toString();
    }

    @Test
    void everySettingIsDescribed() throws IOException {
        assertThat(properties())
                .isNotEmpty()
                .allSatisfy((name, property) -> assertThat(property.member("description"))
                        .as(name)
                        .get()
                        .extracting(value -> ((JsonString) value).text())
                        .asString()
                        .endsWith(".")
                        .doesNotContain("|"));
    }

    @Test
    void everySettingHasADefaultOrSaysWhatGoesWithoutIt() throws IOException {
        assertThat(properties()).allSatisfy((name, property) -> {
            if (defaultOf(property).isEmpty()) {
                assertThat(text(property.member("description").orElseThrow()))
                        .as(name)
                        .containsPattern("By default|Not set|Empty");
            }
        });
    }

    private static Map<String, JsonObject> properties() throws IOException {
        try (InputStream file =
                TicketMeshProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            JsonObject metadata = (JsonObject) Json.parse(file, JsonLimits.DEFAULT);
            JsonArray properties = (JsonArray) metadata.member("properties").orElseThrow();
            return properties.elements().stream()
                    .map(JsonObject.class::cast)
                    .filter(property ->
                            text(property.member("name").orElseThrow()).startsWith("ticketmesh."))
                    .collect(Collectors.toMap(
                            property -> text(property.member("name").orElseThrow()),
                            property -> property,
                            (one, two) -> one,
                            TreeMap::new));
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
