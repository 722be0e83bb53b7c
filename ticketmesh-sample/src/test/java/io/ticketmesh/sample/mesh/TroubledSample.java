package io.ticketmesh.sample.mesh;

import io.ticketmesh.sample.SampleApplication;
import io.ticketmesh.spring.TicketMeshCustomizer;
import io.ticketmesh.transport.jgroups.MeshOptions;
import io.ticketmesh.transport.jgroups.TroubledTransport;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The sample with {@link Troubles}, over UDP on loopback. {@code PUT /troubles} changes those that it names, {@code GET} counts.
 * Not found by a scan for components, so that no other test has them.
 */
final class TroubledSample {
    public static void main(String[] arguments) {
        SpringApplication.run(new Class<?>[] {SampleApplication.class, TroubledSample.class}, arguments);
    }

    @Bean
    Troubles troubles(@Value("${troubles.clock-ahead:0s}") Duration clockAhead) {
        Troubles troubles = new Troubles();
        troubles.setClockAhead(clockAhead);
        return troubles;
    }

    @Bean
    TicketMeshCustomizer troubledNode(Troubles troubles, @Value("${ticketmesh.mesh.cluster}") String cluster) {
        MeshOptions options = MeshOptions.of(cluster, settings -> settings);
        return node -> node.clock(troubles::millis)
                .transport(origin -> TroubledTransport.over(new TroubledSockets(troubles), origin, options));
    }

    @Bean
    RouterFunction<ServerResponse> troublesEndpoint(Troubles troubles) {
        return RouterFunctions.route()
                .GET("/troubles", request -> ServerResponse.ok().body(troubles.counts()))
                .PUT("/troubles", request -> {
                    change(troubles, request);
                    return ServerResponse.ok().body(troubles.counts());
                })
                .build();
    }

    private static void change(Troubles troubles, ServerRequest request) {
        request.param("loss").map(Double::valueOf).ifPresent(troubles::lose);
        request.param("repetition").map(Double::valueOf).ifPresent(troubles::repeat);
        request.param("deafTo").map(TroubledSample::ports).ifPresent(troubles::deafTo);
        request.param("clockAhead").map(DurationStyle::detectAndParse).ifPresent(troubles::setClockAhead);
    }

    private static Set<Integer> ports(String list) {
        return Arrays.stream(list.split(","))
                .filter(port -> !port.isEmpty())
                .map(Integer::valueOf)
                .collect(Collectors.toSet());
    }
}
