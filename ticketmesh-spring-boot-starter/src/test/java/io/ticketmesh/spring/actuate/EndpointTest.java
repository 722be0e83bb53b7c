package io.ticketmesh.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.Tickets;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** The endpoint as operators call it, over HTTP. */
class EndpointTest {
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    private static ConfigurableApplicationContext start(String... settings) {
        String[] arguments = Stream.concat(
                        Stream.of(
                                "server.port=0",
                                "server.address=127.0.0.1",
                                "spring.main.banner-mode=off",
                                "logging.level.root=off",
                                "management.endpoint.health.show-details=always"),
                        Stream.of(settings))
                .map(setting -> "--" + setting)
                .toArray(String[]::new);
        return new SpringApplicationBuilder(Application.class)
                .registerShutdownHook(false)
                .run(arguments);
    }

    private static HttpResponse<String> get(ConfigurableApplicationContext application, String path) throws Exception {
        String port = application.getEnvironment().getRequiredProperty("local.server.port");
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void tellsAllOfTheNodeAndNoSecret(@TempDir Path directory) throws Exception {
        try (ConfigurableApplicationContext application = start(
                "management.endpoints.web.exposure.include=ticketmesh,health",
                "ticketmesh.data-dir=" + directory,
                "ticketmesh.rest.token=open-sesame-open-sesame",
                "ticketmesh.mesh.cluster=test-" + UUID.randomUUID(),
                "ticketmesh.mesh.bind-address=127.0.0.1",
                "ticketmesh.mesh.secret=close-sesame-close-sesame")) {
            application.getBean(Tickets.class).create("Printer");

            HttpResponse<String> answer = get(application, "/actuator/ticketmesh");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body())
                    .contains("\"node\":{\"id\":\"")
                    .contains("\"store\":{\"kind\":\"directory\",\"directory\":\"" + directory + "\",\"tickets\":1")
                    .contains("\"writes\":1,\"operations\":1,\"commits\":")
                    .contains("\"queues\":{\"waitingWrites\":0")
                    .contains("\"mesh\":{\"network\":\"udp\",\"address\":\"127.0.0.1:")
                    .contains("\"registry\":{\"own\":true,\"address\":\"127.0.0.1:")
                    .contains("\"packetsRejected\":0")
                    .doesNotContain("sesame");
            assertThat(get(application, "/actuator/health").body())
                    .contains("\"ticketMesh\":{")
                    .doesNotContain("copiesOfThisNode");
        }
    }

    @Test
    void isNotThereUnlessTheApplicationShowsIt() throws Exception {
        try (ConfigurableApplicationContext application = start("ticketmesh.storage=memory")) {
            assertThat(application.containsBean("ticketMeshEndpoint")).isFalse();
            assertThat(get(application, "/actuator/ticketmesh").statusCode()).isEqualTo(404);
        }
    }
}
