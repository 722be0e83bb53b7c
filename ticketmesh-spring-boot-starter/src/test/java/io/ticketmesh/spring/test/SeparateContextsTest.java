package io.ticketmesh.spring.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.TicketMesh;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.annotation.DirtiesContext.HierarchyMode;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestContextManager;
import org.springframework.test.context.TestPropertySource;

/** The test classes below are the ones of an application; this one looks at them from outside. */
class SeparateContextsTest {
    @TempDir
    static Path named;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    @SpringBootTest(classes = Application.class, properties = "number=1")
    static class One {}

    @SpringBootTest(
            classes = Application.class,
            properties = "number=2",
            webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
    static class Two {}

    @SpringBootTest(classes = Application.class, properties = "number=3")
    static class Three {}

    @SpringBootTest(classes = Application.class, properties = "number=1")
    static class LikeOne {}

    /** An application that has a mesh, and a directory, in its own settings. */
    @SpringBootTest(
            classes = Application.class,
            properties = {"number=4", "spring.config.location=classpath:/io/ticketmesh/spring/test/meshed.properties"})
    static class Meshed {}

    @SpringBootTest(
            classes = Application.class,
            properties = {"number=5", "ticketmesh.storage=memory"})
    static class InMemory {}

    @SpringBootTest(classes = Application.class, args = "--ticketmesh.mesh.cluster=named-by-a-test")
    static class NamesAMesh {}

    @SpringBootTest(classes = Application.class)
    @TestPropertySource(properties = "ticketmesh.dataDir=target/named-by-a-test")
    static class NamesADirectory {}

    @SpringBootTest(classes = Application.class)
    static class NamesADirectoryLate {
        @DynamicPropertySource
        static void settings(DynamicPropertyRegistry settings) {
            settings.add("ticketmesh.data-dir", () -> named.resolve("late"));
        }
    }

    private static TestContextManager test(Class<?> type) {
        return new TestContextManager(type);
    }

    private static ApplicationContext application(TestContextManager test) {
        return test.getTestContext().getApplicationContext();
    }

    private static TicketMesh node(TestContextManager test) {
        return application(test).getBean(TicketMesh.class);
    }

    private static Path directory(TestContextManager test) {
        return Path.of(application(test).getEnvironment().getRequiredProperty("ticketmesh.data-dir"));
    }

    private static void close(TestContextManager test) {
        test.getTestContext().markApplicationContextDirty(HierarchyMode.EXHAUSTIVE);
    }

    @Test
    void threeContextsAtOnceShareNothingAndLeaveNothing() {
        List<TestContextManager> tests = List.of(test(One.class), test(Two.class), test(Three.class));
        try {
            tests.forEach(test -> node(test).tickets("alice").create("Only here"));

            Set<Path> directories =
                    tests.stream().map(SeparateContextsTest::directory).collect(Collectors.toSet());
            assertThat(directories)
                    .hasSize(3)
                    .allSatisfy(directory -> assertThat(directory)
                            .isDirectoryContaining(
                                    file -> file.getFileName().toString().equals("lock"))
                            .hasParent(Path.of(System.getProperty("java.io.tmpdir"))));
            assertThat(tests).allSatisfy(test -> {
                assertThat(node(test).service().counts().living()).isEqualTo(1);
                assertThat(node(test).status().members()).hasSize(1);
                assertThat(node(test).network().kind()).isEqualTo("memory");
            });
        } finally {
            List<Path> directories =
                    tests.stream().map(SeparateContextsTest::directory).toList();
            tests.forEach(SeparateContextsTest::close);
            assertThat(directories)
                    .allSatisfy(directory -> assertThat(directory).doesNotExist());
        }
    }

    @Test
    void equalTestsShareOneContextAsEver() {
        TestContextManager one = test(One.class);
        try {
            assertThat(application(test(LikeOne.class))).isSameAs(application(one));
        } finally {
            close(one);
        }
    }

    @Test
    void theMeshOfTheApplicationIsNotMetByItsTests() {
        TestContextManager meshed = test(Meshed.class);
        try {
            assertThat(application(meshed).getEnvironment().getProperty("spring.application.name"))
                    .isEqualTo("meshed");
            assertThat(node(meshed).network().kind()).isEqualTo("memory");
            assertThat(node(meshed).registryOptions()).isEmpty();
            assertThat(directory(meshed)).hasParent(Path.of(System.getProperty("java.io.tmpdir")));
        } finally {
            close(meshed);
        }
    }

    @Test
    void aTestThatNamesAMeshHasIt() {
        TestContextManager names = test(NamesAMesh.class);
        try {
            assertThat(node(names).network().kind()).isNotEqualTo("memory");
            assertThat(node(names).network().address()).startsWith("127.");
        } finally {
            close(names);
        }
    }

    @Test
    void aTestThatNamesADirectoryHasItAndKeepsIt() {
        TestContextManager names = test(NamesADirectory.class);
        Path directory = Path.of("target", "named-by-a-test");
        try {
            assertThat(node(names).refusal()).isNull();
            assertThat(directory).isDirectory();
        } finally {
            close(names);
            assertThat(directory).isDirectory();
            TemporaryDirectory.delete(directory);
        }
        TestContextManager late = test(NamesADirectoryLate.class);
        try {
            assertThat(node(late).refusal()).isNull();
        } finally {
            close(late);
        }
        assertThat(named.resolve("late")).isDirectory();
    }

    @Test
    void inMemoryThereIsNoDirectory() {
        TestContextManager memory = test(InMemory.class);
        try {
            node(memory).tickets("alice").create("Nowhere");
            assertThat(directory(memory)).doesNotExist();
        } finally {
            close(memory);
        }
    }
}
