package io.ticketmesh.spring.test;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Keeps the node of one test context apart from all others: a temporary directory that goes when the context is closed, no mesh, and no
 * registry. What the test itself sets, by {@code properties}, {@code args}, {@code @TestPropertySource} or {@code @DynamicPropertySource}, counts;
 * what the application's files, the environment and system properties say does not.
 *
 * <p>All are equal, so that tests share a context as if there were none of this.
 */
record SeparateNode() implements ContextCustomizer {
    private static final String NAME = "ticketMeshSeparateNode";

    @Override
    public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration test) {
        Path directory = Path.of(System.getProperty("java.io.tmpdir"), "ticketmesh-test-" + UUID.randomUUID());
        MutablePropertySources sources = context.getEnvironment().getPropertySources();
        MapPropertySource source = new MapPropertySource(NAME, settings(directory));
        // all that a test says stands before the system properties
        if (sources.contains(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME)) {
            sources.addBefore(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME, source);
        } else {
            sources.addLast(source);
        }
        // the first that is registered is the last that is destroyed: after the node
        if (context.getBeanFactory() instanceof DefaultSingletonBeanRegistry beans) {
            beans.registerDisposableBean(NAME, () -> TemporaryDirectory.delete(directory));
        }
    }

    private static Map<String, Object> settings(Path directory) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("ticketmesh.data-dir", directory.toString());
        settings.put("ticketmesh.mesh.cluster", "");
        settings.put("ticketmesh.mesh.secret", "");
        settings.put("ticketmesh.mesh.previous-secret", "");
        settings.put("ticketmesh.mesh.bind-address", "");
        settings.put("ticketmesh.mesh.discovery", "multicast");
        settings.put("ticketmesh.mesh.members", "");
        settings.put("ticketmesh.registry.addresses", "");
        return settings;
    }
}
