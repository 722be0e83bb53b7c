package com.example.hostile;

import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Starts applications that are hostile in different ways: arguments like {@code PREFIX=8080}, each a kind and a port. */
public final class HostileApplications {
    private HostileApplications() {}

    /** How it is hostile. All have XML on the class path, a catch-all mapping, and pages that fail. */
    enum Hostility {
        XML_ONLY(Applications.Xml.class),
        PATHS_IN_FRONT(Applications.Xml.class, "server.servlet.context-path=/shop", "spring.mvc.servlet.path=/web"),
        SNAKE_CASE(
                Applications.Xml.class,
                "spring.jackson.property-naming-strategy=SNAKE_CASE",
                "spring.jackson.default-property-inclusion=non_null"),
        BARE_MAPPER(Applications.BareMapper.class),
        WRAPPING(Applications.Wrapping.class),
        PREFIX(Applications.Prefixed.class),
        ADVICE(Applications.Advised.class),
        OWN_MVC(Applications.OwnMvc.class);

        private final Class<?> application;
        private final List<String> settings;

        Hostility(Class<?> application, String... settings) {
            this.application = application;
            this.settings = List.of(settings);
        }

        private void start(String port) {
            List<String> arguments = new ArrayList<>(List.of(
                    "--server.port=" + port,
                    "--spring.application.name=hostile-" + this,
                    "--management.endpoint.health.show-components=always"));
            settings.forEach(setting -> arguments.add("--" + setting));
            new SpringApplicationBuilder(application).run(arguments.toArray(String[]::new));
        }
    }

    public static void main(String[] args) {
        for (String argument : args) {
            String[] parts = argument.split("=", 2);
            Hostility.valueOf(parts[0]).start(parts[1]);
        }
    }
}
