package io.ticketmesh.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.TicketMesh;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The real types of Spring Boot 3.5, loaded beside those of the version that the tests run in. */
class OlderHealthIndicatorTest {
    private URLClassLoader older;

    @BeforeEach
    void load() throws IOException {
        URL actuator =
                Path.of("target", "older", "spring-boot-actuator.jar").toUri().toURL();
        older = new URLClassLoader(new URL[] {actuator}, getClass().getClassLoader());
    }

    @AfterEach
    void unload() throws IOException {
        older.close();
    }

    private static Object call(Object target, Class<?> type, String name, Object... arguments)
            throws ReflectiveOperationException {
        for (Method method : type.getMethods()) {
            if (method.getName().equals(name) && method.getParameterCount() == arguments.length) {
                return method.invoke(target, arguments);
            }
        }
        throw new NoSuchMethodException(name);
    }

    @Test
    void springBoot3HearsOfTheNode() throws ReflectiveOperationException {
        try (TicketMesh mesh = TicketMesh.builder().open()) {
            OlderHealthIndicator factory = new OlderHealthIndicator(() -> mesh, older);
            Class<?> type = factory.getObjectType();
            assertThat(type.getName()).isEqualTo(OlderHealthIndicator.INDICATOR);
            assertThat(type.getClassLoader()).isSameAs(older);
            Object indicator = factory.getObject();
            assertThat(type.isInstance(indicator)).isTrue();
            assertThat(Set.of(indicator)).contains(indicator).doesNotContain(factory.getObject());
            assertThat(indicator.toString()).startsWith("health of");

            Object health = call(indicator, type, "health");
            Class<?> healthType = older.loadClass("org.springframework.boot.actuate.health.Health");
            assertThat(call(health, healthType, "getStatus")).hasToString("UP");
            assertThat(call(health, healthType, "getDetails"))
                    .asInstanceOf(InstanceOfAssertFactories.MAP)
                    .containsEntry("node", mesh.nodeId().toString())
                    .containsEntry("members", 1);
            Object brief = call(indicator, type, "getHealth", false);
            assertThat(call(brief, healthType, "getDetails")).isEqualTo(Map.of());
            assertThat(call(call(indicator, type, "getHealth", true), healthType, "getDetails"))
                    .isNotEqualTo(Map.of());
        }
    }

    @Test
    void aNodeThatCannotBeReadIsDown() throws ReflectiveOperationException {
        OlderHealthIndicator factory = new OlderHealthIndicator(FailedNodes::closed, older);
        Object health = call(factory.getObject(), factory.getObjectType(), "health");
        assertThat(call(health, health.getClass(), "getStatus")).hasToString("DOWN");
    }
}
