package io.ticketmesh.spring.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.spring.Waiting;
import io.ticketmesh.spring.client.TicketMeshClientAutoConfiguration;
import io.ticketmesh.spring.registry.Desk;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;

/** Spring Cloud's own clients, which find the servers of a mesh by its name. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class SpringCloudTest {
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    TicketMeshClientAutoConfiguration.class, TicketMeshCloudAutoConfiguration.class));

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Caller {
        @Bean
        @LoadBalanced
        RestClient.Builder balanced() {
            return RestClient.builder();
        }
    }

    @Test
    void aLoadBalancedRestClientReachesAllServersOfTheServiceAndNoneThatLeft() {
        String cluster = "desk-" + UUID.randomUUID();
        int port = Desk.freePorts();
        String[] settings = {
            "ticketmesh.mesh.cluster=" + cluster, "ticketmesh.registry.port=" + port, "ticketmesh.registry.port-range=1"
        };
        try (Desk one = Desk.open(settings);
                Desk two = Desk.open(settings);
                ConfigurableApplicationContext caller = new SpringApplication(Caller.class)
                        .run(
                                "--spring.main.web-application-type=none",
                                "--spring.main.banner-mode=off",
                                "--logging.level.root=off",
                                "--ticketmesh.enabled=false",
                                "--ticketmesh.client.cluster=" + cluster,
                                "--ticketmesh.client.registry-port=" + port,
                                "--ticketmesh.client.registry-port-range=1",
                                "--ticketmesh.client.service-id=desk")) {
            DiscoveryClient discovery = caller.getBean(DiscoveryClient.class);
            assertThat(discovery.getServices()).contains("desk");
            Waiting.until(() -> discovery.getInstances("desk").size() == 2);
            assertThat(discovery.getInstances("desk"))
                    .extracting(instance -> instance.getUri().getPort())
                    .containsExactlyInAnyOrder(one.port(), two.port());

            RestClient client = caller.getBean(RestClient.Builder.class).build();
            Set<String> nodes = new HashSet<>();
            for (int i = 0; i < 4; i++) {
                nodes.add(nodeThatAnswers(client));
            }
            assertThat(nodes)
                    .containsExactlyInAnyOrder(
                            one.node().nodeId().toString(), two.node().nodeId().toString());

            String stays = one.node().nodeId().toString();
            two.close();
            Waiting.until(() -> discovery.getInstances("desk").size() == 1);
            for (int i = 0; i < 4; i++) {
                assertThat(nodeThatAnswers(client)).isEqualTo(stays);
            }
        }
    }

    private static String nodeThatAnswers(RestClient client) {
        String answer = String.valueOf(
                client.get().uri("http://desk/ticketmesh/mesh").retrieve().body(String.class));
        return answer.replaceAll("(?s)^.*?\"node\":\\{\"id\":\"([^\"]+)\".*$", "$1");
    }

    @Test
    void anotherServiceIsNotOurs() {
        runner.withPropertyValues("ticketmesh.client.cluster=helpdesk").run(context -> {
            DiscoveryClient discovery = context.getBean(DiscoveryClient.class);
            assertThat(discovery.getServices()).containsExactly("helpdesk");
            assertThat(discovery.getInstances("billing")).isEmpty();
            assertThat(Thread.getAllStackTraces().keySet())
                    .as("nobody has asked for ours")
                    .noneMatch(thread -> thread.getName().startsWith("ticketmesh-registry"));
        });
    }

    @Test
    void withoutSpringCloudOrAMeshOrWhenItIsSwitchedOffNothingChanges() {
        runner.withClassLoader(new FilteredClassLoader("org.springframework.cloud", "reactor"))
                .withPropertyValues("ticketmesh.client.cluster=helpdesk")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasBean("ticketMeshClient")
                        .doesNotHaveBean("ticketMeshDiscoveryClient"));
        runner.run(context -> assertThat(context).doesNotHaveBean(DiscoveryClient.class));
        runner.withPropertyValues("ticketmesh.enabled=false", "ticketmesh.mesh.cluster=helpdesk")
                .run(context -> assertThat(context).doesNotHaveBean(DiscoveryClient.class));
        runner.withPropertyValues("ticketmesh.client.cluster=helpdesk", "spring.cloud.discovery.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(DiscoveryClient.class));
    }
}
