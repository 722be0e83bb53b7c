package io.ticketmesh.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.Tickets;
import io.ticketmesh.node.ReadOnlyException;
import io.ticketmesh.spring.access.TicketMeshAccessAutoConfiguration;
import io.ticketmesh.spring.rest.TicketMeshRestAutoConfiguration;
import io.ticketmesh.ticket.StatusCategory;
import io.ticketmesh.ticket.Workflow;
import io.ticketmesh.transport.jgroups.Discovery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class TicketMeshAutoConfigurationTest {
    private static final AutoConfigurations STARTER = AutoConfigurations.of(
            TicketMeshAutoConfiguration.class,
            TicketMeshAccessAutoConfiguration.class,
            TicketMeshRestAutoConfiguration.class);

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withConfiguration(STARTER).withPropertyValues("ticketmesh.storage=memory");

    @Test
    void anApplicationWithoutWebGetsTheJavaApi() {
        runner.run(context -> {
            assertThat(context).hasSingleBean(TicketMesh.class).hasSingleBean(Tickets.class);
            assertThat(context).doesNotHaveBean("ticketMeshRoutes");
            Tickets tickets = context.getBean(Tickets.class);
            String key = tickets.create("From a bean").key().toString();
            assertThat(tickets.get(key).createdBy()).isEqualTo("system");
        });
    }

    @Test
    void aReactiveApplicationStartsUnchanged() {
        new ReactiveWebApplicationContextRunner()
                .withConfiguration(STARTER)
                .withPropertyValues("ticketmesh.storage=memory")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(TicketMesh.class)
                        .doesNotHaveBean("ticketMeshRoutes"));
    }

    @Test
    void aServletApplicationAnswersRest() {
        new WebApplicationContextRunner()
                .withConfiguration(STARTER)
                .withPropertyValues("ticketmesh.storage=memory")
                .run(context -> assertThat(context).hasBean("ticketMeshRoutes").hasBean("ticketMeshFaultFilter"));
        new WebApplicationContextRunner()
                .withConfiguration(STARTER)
                .withPropertyValues("ticketmesh.storage=memory", "ticketmesh.rest.enabled=false")
                .run(context -> assertThat(context)
                        .hasSingleBean(TicketMesh.class)
                        .doesNotHaveBean("ticketMeshRoutes")
                        .doesNotHaveBean("ticketMeshFaultFilter"));
    }

    @Test
    void switchedOffItLeavesNoTrace(@TempDir Path directory) {
        Path data = directory.resolve("data");
        runner.withPropertyValues(
                        "ticketmesh.enabled=false",
                        "ticketmesh.storage=directory",
                        "ticketmesh.data-dir=" + data,
                        "ticketmesh.mesh.cluster=helpdesk")
                .run(context -> {
                    assertThat(context).doesNotHaveBean(TicketMesh.class).doesNotHaveBean(TicketMeshProperties.class);
                    assertThat(List.of(context.getBeanDefinitionNames())).noneMatch(name -> name.contains("icketMesh"));
                    assertThat(data).doesNotExist();
                    Waiting.until(() -> Thread.getAllStackTraces().keySet().stream()
                            .noneMatch(thread -> thread.getName().startsWith("ticketmesh")));
                });
    }

    @Test
    void ticketsSurviveARestartInTheirDirectory(@TempDir Path directory) {
        ApplicationContextRunner durable = runner.withPropertyValues(
                "ticketmesh.storage=directory", "ticketmesh.data-dir=" + directory.resolve("data"));
        AtomicReference<String> key = new AtomicReference<>();
        durable.run(context -> key.set(
                context.getBean(Tickets.class).create("Still here").key().toString()));
        durable.run(context -> assertThat(
                        context.getBean(Tickets.class).get(key.get()).title())
                .isEqualTo("Still here"));
    }

    @Test
    void closingLeavesNoThreadAndNoLock(@TempDir Path directory) throws IOException {
        runner.withPropertyValues("ticketmesh.storage=directory", "ticketmesh.data-dir=" + directory)
                .run(context -> assertThat(context).hasNotFailed());
        Waiting.until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("ticketmesh")));
        TicketMesh.open(directory).close();
        assertThat(Files.list(directory)).isNotEmpty();
    }

    @Test
    void theDirectoryIsNamedLikeTheApplication() {
        TicketMeshProperties settings = settings();
        assertThat(DataDirectory.of(settings, "order desk/../x").path())
                .isEqualTo(Path.of("ticketmesh", "order-desk-..-x"));
        assertThat(DataDirectory.of(settings, "..").path()).isEqualTo(Path.of("ticketmesh", "application"));
        assertThat(DataDirectory.of(settings, "").path()).isEqualTo(Path.of("ticketmesh", "application"));
    }

    private static TicketMeshProperties settings() {
        AtomicReference<TicketMeshProperties> settings = new AtomicReference<>();
        new ApplicationContextRunner()
                .withUserConfiguration(OnlyProperties.class)
                .run(context -> settings.set(context.getBean(TicketMeshProperties.class)));
        return settings.get();
    }

    @Configuration(proxyBeanMethods = false)
    @org.springframework.boot.context.properties.EnableConfigurationProperties(TicketMeshProperties.class)
    static class OnlyProperties {}

    @Test
    void theSecretIsNotPrinted() {
        new ApplicationContextRunner()
                .withUserConfiguration(OnlyProperties.class)
                .withPropertyValues("ticketmesh.rest.token=open-sesame")
                .run(context -> {
                    TicketMeshProperties settings = context.getBean(TicketMeshProperties.class);
                    assertThat(settings.rest().token()).isEqualTo("open-sesame");
                    assertThat(settings.toString())
                            .doesNotContain("open-sesame")
                            .contains("token=set");
                });
    }

    @Test
    void theSecretsOfTheMeshAreNotPrintedEither() {
        new ApplicationContextRunner()
                .withUserConfiguration(OnlyProperties.class)
                .withPropertyValues(
                        "ticketmesh.mesh.cluster=helpdesk",
                        "ticketmesh.mesh.secret=open-sesame-open-sesame",
                        "ticketmesh.mesh.previous-secret=close-sesame-close-sesame",
                        "ticketmesh.mesh.bind-address=10.0.0.7",
                        "ticketmesh.mesh.discovery=static",
                        "ticketmesh.mesh.members=10.0.0.8:7810,10.0.0.9:7810")
                .run(context -> {
                    TicketMeshProperties.Mesh mesh =
                            context.getBean(TicketMeshProperties.class).mesh();
                    assertThat(mesh.enabled()).isTrue();
                    assertThat(mesh.cluster()).isEqualTo("helpdesk");
                    assertThat(mesh.secret()).isEqualTo("open-sesame-open-sesame");
                    assertThat(mesh.previousSecret()).isEqualTo("close-sesame-close-sesame");
                    assertThat(mesh.bindAddress()).isEqualTo("10.0.0.7");
                    assertThat(mesh.bindPort()).isEqualTo(7810);
                    assertThat(mesh.members()).containsExactly("10.0.0.8:7810", "10.0.0.9:7810");
                    assertThat(context.getBean(TicketMeshProperties.class).toString())
                            .doesNotContain("sesame")
                            .contains("secret=set, previousSecret=set");
                });
    }

    @Test
    void nothingSetMeansNoMesh() {
        assertThat(settings().mesh().enabled()).isFalse();
        assertThat(settings().mesh().discovery()).isEqualTo(Discovery.MULTICAST);
    }

    @Test
    void secretsThatAreShortOrAloneStopTheStart() {
        for (List<String> wrong : List.of(
                List.of("ticketmesh.mesh.cluster=a", "ticketmesh.mesh.secret=short"),
                List.of("ticketmesh.mesh.cluster=a", "ticketmesh.mesh.previous-secret=0123456789abcdef"),
                List.of(
                        "ticketmesh.mesh.cluster=a",
                        "ticketmesh.mesh.secret=0123456789abcdef",
                        "ticketmesh.mesh.previous-secret=0123456789abcde"))) {
            runner.withPropertyValues(wrong.toArray(String[]::new))
                    .run(context -> assertThat(context)
                            .getFailure()
                            .rootCause()
                            .hasMessageContaining("secret")
                            .hasMessageNotContaining("0123456789"));
        }
    }

    @Test
    void aNodeIsNamedLikeTheApplicationAndInAMeshWhereItRuns() {
        runner.withPropertyValues("spring.application.name=desk")
                .run(context -> assertThat(nameOf(context)).isEqualTo("desk"));
        runner.withPropertyValues(
                        "spring.application.name=desk",
                        "ticketmesh.mesh.cluster=a",
                        "HOSTNAME=tokyo",
                        "server.port=8081")
                .run(context -> assertThat(nameOf(context)).isEqualTo("desk@tokyo:8081"));
        runner.withPropertyValues("ticketmesh.mesh.cluster=a", "HOSTNAME=" + "x".repeat(200), "server.port=0")
                .run(context -> assertThat(nameOf(context)).isEqualTo("x".repeat(128)));
        runner.withPropertyValues("spring.application.name=desk", "ticketmesh.mesh.node-name=front desk")
                .run(context -> assertThat(nameOf(context)).isEqualTo("front desk"));
    }

    private static String nameOf(org.springframework.context.ApplicationContext context) {
        return context.getBean(TicketMesh.class)
                .status()
                .members()
                .get(0)
                .member()
                .name();
    }

    @Test
    void twoApplicationsCannotShareADirectory(@TempDir Path directory) {
        try (TicketMesh first = TicketMesh.open(directory)) {
            runner.withPropertyValues("ticketmesh.storage=directory", "ticketmesh.data-dir=" + directory)
                    .run(context -> {
                        assertThat(context).hasFailed();
                        FailureAnalysis analysis = new DirectoryFailureAnalyzer().analyze(context.getStartupFailure());
                        assertThat(analysis).isNotNull();
                        assertThat(analysis.getAction())
                                .contains("ticketmesh.data-dir")
                                .contains("a directory of its own");
                    });
            assertThat(first.refusal()).isNull();
        }
    }

    @Test
    void aFileInPlaceOfTheDirectoryIsExplained(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "not a directory");
        runner.withPropertyValues("ticketmesh.storage=directory", "ticketmesh.data-dir=" + file)
                .run(context -> {
                    assertThat(context).hasFailed();
                    FailureAnalysis analysis = new DirectoryFailureAnalyzer().analyze(context.getStartupFailure());
                    assertThat(analysis.getDescription()).contains(file.toString());
                    assertThat(analysis.getAction()).contains("ticketmesh.data-dir");
                });
    }

    @Test
    void readOnlyMeansNoWrites() {
        runner.withPropertyValues("ticketmesh.read-only=true").run(context -> {
            Tickets tickets = context.getBean(Tickets.class);
            Assertions.assertThatThrownBy(() -> tickets.create("No")).isInstanceOf(ReadOnlyException.class);
            assertThat(tickets.counts().living()).isZero();
        });
    }

    @Test
    void theNodeIsOpenForBeansThatNeedItEarlyAndUntilTheyAreDestroyed() {
        AtomicReference<TicketMesh> seen = new AtomicReference<>();
        runner.withUserConfiguration(EarlyUser.class).run(context -> {
            assertThat(context.getBean(Early.class).created).isEqualTo("Seeded");
            seen.set(context.getBean(TicketMesh.class));
            assertThat(seen.get().refusal()).isNull();
        });
        assertThat(Early.createdAtTheEnd).isEqualTo("Last words");
        Assertions.assertThatThrownBy(() -> seen.get().tickets().create("Too late"))
                .isInstanceOf(ReadOnlyException.class);
    }

    static final class Early implements DisposableBean {
        static String createdAtTheEnd;
        final String created;
        private final Tickets tickets;

        Early(Tickets tickets) {
            this.tickets = tickets;
            created = tickets.create("Seeded").title();
        }

        @Override
        public void destroy() {
            createdAtTheEnd = tickets.create("Last words").title();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class EarlyUser {
        @Bean
        Early early(Tickets tickets) {
            return new Early(tickets);
        }
    }

    @Test
    void nothingIsOpenedByAnApplicationThatFailsBeforeItStarts(@TempDir Path directory) {
        Path data = directory.resolve("data");
        runner.withPropertyValues("ticketmesh.storage=directory", "ticketmesh.data-dir=" + data)
                .withUserConfiguration(Broken.class)
                .run(context -> {
                    assertThat(context).hasFailed();
                    assertThat(data).doesNotExist();
                });
    }

    @Configuration(proxyBeanMethods = false)
    static class Broken {
        @Bean
        String broken() {
            throw new IllegalStateException("on purpose");
        }
    }

    @Test
    void anApplicationThatFailsAfterTheNodeWasOpenedLeavesNothingOpen(@TempDir Path directory) {
        Path data = directory.resolve("data");
        runner.withPropertyValues("ticketmesh.storage=directory", "ticketmesh.data-dir=" + data)
                .withUserConfiguration(EarlyUser.class, BrokenLater.class)
                .run(context -> {
                    assertThat(context).hasFailed();
                    assertThat(data).isDirectory();
                    Waiting.until(() -> Thread.getAllStackTraces().keySet().stream()
                            .noneMatch(thread -> thread.getName().startsWith("ticketmesh")));
                });
        try (TicketMesh again = TicketMesh.open(data)) {
            assertThat(again.service().counts().living())
                    .isEqualTo(2); // "Seeded", and "Last words" of the bean that was destroyed
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class BrokenLater {
        @Bean
        String broken(Early early) {
            throw new IllegalStateException("on purpose, after " + early.created);
        }
    }

    @Test
    void lazyInitializationDoesNotKeepTheNodeClosed(@TempDir Path directory) {
        Path data = directory.resolve("data");
        runner.withPropertyValues(
                        "ticketmesh.storage=directory",
                        "ticketmesh.data-dir=" + data,
                        "spring.main.lazy-initialization=true")
                .withInitializer(context -> context.addBeanFactoryPostProcessor(
                        new org.springframework.boot.LazyInitializationBeanFactoryPostProcessor()))
                .run(context -> assertThat(data).exists());
    }

    @Test
    void anApplicationsOwnBeansCount() {
        runner.withUserConfiguration(OwnWorkflow.class).run(context -> {
            assertThat(context).hasSingleBean(Workflow.class);
            assertThat(context.getBean(TicketMesh.class).service().workflow().types())
                    .containsExactly("chore");
        });
        runner.withUserConfiguration(OwnNode.class).run(context -> {
            assertThat(context)
                    .hasSingleBean(TicketMesh.class)
                    .hasBean("myNode")
                    .doesNotHaveBean("ticketMesh");
            assertThat(context.getBean(Tickets.class).create("Mine").title()).isEqualTo("Mine");
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnWorkflow {
        @Bean
        Workflow workflow() {
            return ConfiguredWorkflow.of(new TicketMeshProperties.Workflow(
                    java.util.Map.of(), java.util.Map.of(), List.of(), List.of(), List.of("chore")));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnNode {
        @Bean
        TicketMesh myNode() {
            return TicketMesh.builder().open();
        }
    }

    @Test
    void customizersHaveTheLastWord() {
        runner.withUserConfiguration(FixedClock.class)
                .run(context -> assertThat(context.getBean(Tickets.class)
                                .create("Old")
                                .createdAt()
                                .toEpochMilli())
                        .isEqualTo(1_700_000_000_000L));
    }

    @Configuration(proxyBeanMethods = false)
    static class FixedClock {
        @Bean
        TicketMeshCustomizer fixedClock() {
            return node -> node.clock(() -> 1_700_000_000_000L);
        }
    }

    @Test
    void aWorkflowCanBeConfigured() {
        runner.withPropertyValues(
                        "ticketmesh.workflow.states.todo=open",
                        "ticketmesh.workflow.states.done=done",
                        "ticketmesh.workflow.transitions.todo=done",
                        "ticketmesh.workflow.transitions.done=todo",
                        "ticketmesh.workflow.initial=todo",
                        "ticketmesh.workflow.types=chore,idea")
                .run(context -> {
                    Workflow workflow = context.getBean(Workflow.class);
                    assertThat(workflow.states()).extracting("name").containsExactlyInAnyOrder("todo", "done");
                    assertThat(workflow.category(new io.ticketmesh.ticket.Status("done")))
                            .isEqualTo(StatusCategory.DONE);
                    assertThat(workflow.types()).containsExactly("chore", "idea");
                    assertThat(workflow.resolutions())
                            .isEqualTo(Workflow.standard().resolutions());
                });
    }

    @Test
    void aWorkflowThatContradictsItselfStopsTheStart() {
        runner.withPropertyValues("ticketmesh.workflow.initial=open")
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("no states"));
        runner.withPropertyValues("ticketmesh.workflow.states.todo=open", "ticketmesh.workflow.initial=nowhere")
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("nowhere"));
    }

    @Test
    void settingsThatCannotBeMeantStopTheStart() {
        for (String setting : List.of(
                "ticketmesh.rest.write-timeout=0s",
                "ticketmesh.rest.read-wait=-1ms",
                "ticketmesh.rest.ack-timeout=0s",
                "ticketmesh.mesh.cluster=help desk",
                "ticketmesh.mesh.secret=0123456789abcdef",
                "ticketmesh.mesh.bind-port=65536",
                "ticketmesh.mesh.discovery=static",
                "ticketmesh.mesh.discovery=dns",
                "ticketmesh.mesh.discovery=magic",
                "ticketmesh.mesh.node-name=" + "x".repeat(129),
                "ticketmesh.registry.port=-1",
                "ticketmesh.registry.port-range=101",
                "ticketmesh.registry.packets-per-second=0",
                "ticketmesh.registry.addresses=one.example",
                "ticketmesh.registry.zone=" + "x".repeat(65),
                "ticketmesh.registry.http-address=ftp://desk",
                "ticketmesh.registry.drain-time=-1s",
                "ticketmesh.system-path=tickets",
                "ticketmesh.system-path=/tickets",
                "ticketmesh.rest.path=/",
                "ticketmesh.rest.path=/a/",
                "ticketmesh.rest.path=/{a}",
                "ticketmesh.rest.path=/ticketmesh/tickets",
                "ticketmesh.rest.max-body=0B",
                "ticketmesh.rest.access=everybody",
                "ticketmesh.rest.anonymous-name= ")) {
            runner.withPropertyValues(setting)
                    .run(context -> assertThat(context).as(setting).hasFailed());
        }
    }
}
