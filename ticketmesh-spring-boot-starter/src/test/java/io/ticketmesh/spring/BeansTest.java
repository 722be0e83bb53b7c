package io.ticketmesh.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.ClassPathResource;
import org.springframework.util.ClassUtils;

/** All beans that the starter brings: what they are called, and that an application can put its own in their place. */
class BeansTest {
    private static List<Class<?>> configurations() throws IOException {
        String imports = new ClassPathResource(
                        "META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports")
                .getContentAsString(StandardCharsets.UTF_8);
        List<Class<?>> classes = new ArrayList<>();
        imports.lines().filter(name -> name.startsWith("io.ticketmesh.")).forEach(name -> {
            Class<?> type = ClassUtils.resolveClassName(name, null);
            classes.add(type);
            classes.addAll(List.of(type.getDeclaredClasses()));
        });
        return classes;
    }

    private static Stream<Method> factories() throws IOException {
        return configurations().stream()
                .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Bean.class));
    }

    @Test
    void eachBeanIsCalledAfterUsAndStepsBack() throws IOException {
        assertThat(factories()).hasSizeGreaterThan(20).allSatisfy(factory -> {
            String[] named = factory.getAnnotation(Bean.class).value();
            assertThat(named.length == 0 ? factory.getName() : named[0])
                    .as(factory.toString())
                    .startsWith("ticketMesh");
            assertThat(factory.isAnnotationPresent(ConditionalOnMissingBean.class))
                    .as(factory.toString())
                    .isTrue();
        });
    }

    @Test
    void nothingButTheConfigurationsIsPublicOfThem() throws IOException {
        assertThat(factories()).noneMatch(factory -> Modifier.isPublic(factory.getModifiers()));
        assertThat(configurations())
                .allSatisfy(type -> assertThat(type.getDeclaredConstructors())
                        .noneMatch(constructor -> Modifier.isPublic(constructor.getModifiers())));
    }

    @Test
    void anApplicationWithEverythingHasTheseBeansAndNoOthers() throws IOException {
        List<Class<?>> all = configurations().stream()
                .filter(type -> type.getDeclaringClass() == null)
                .toList();
        new WebApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(all.toArray(Class<?>[]::new)))
                .withBean(SimpleMeterRegistry.class)
                .withPropertyValues(
                        "ticketmesh.storage=memory",
                        "ticketmesh.client.servers=http://localhost:1",
                        "management.endpoints.web.exposure.include=ticketmesh")
                .run(application -> {
                    assertThat(application).hasNotFailed();
                    assertThat(List.of(application.getBeanDefinitionNames()))
                            .filteredOn(name -> name.startsWith("ticketMesh"))
                            .contains(
                                    "ticketMesh",
                                    "ticketMeshAnnouncement",
                                    "ticketMeshClient",
                                    "ticketMeshClientMeters",
                                    "ticketMeshClientMetersCustomizer",
                                    "ticketMeshDataDirectory",
                                    "ticketMeshEndpoint",
                                    "ticketMeshEventMeters",
                                    "ticketMeshEventPublisher",
                                    "ticketMeshEventStreams",
                                    "ticketMeshFaultFilter",
                                    "ticketMeshFirstCatchUp",
                                    "ticketMeshFrameworkFaults",
                                    "ticketMeshHealthIndicator",
                                    "ticketMeshIncidentInterval",
                                    "ticketMeshInfoContributor",
                                    "ticketMeshLastCall",
                                    "ticketMeshMeters",
                                    "ticketMeshPathClash",
                                    "ticketMeshRoutes",
                                    "ticketMeshStart",
                                    "ticketMeshStreamMeters",
                                    "ticketMeshTickets",
                                    "ticketMeshTroubles",
                                    "ticketMeshWorkflow");
                    assertThat(Stream.of(application.getBeanDefinitionNames())
                                    .filter(name -> ours(application.getType(name))))
                            .allMatch(name -> name.startsWith("ticketMesh")
                                    || name.startsWith("ticketmesh-")
                                    || name.startsWith("ticketmesh.client-")
                                    || name.startsWith("ticketmesh.incidents-")
                                    || ClassUtils.isPresent(name, null));
                });
    }

    private static boolean ours(Class<?> type) {
        return type != null && type.getName().startsWith("io.ticketmesh.");
    }
}
