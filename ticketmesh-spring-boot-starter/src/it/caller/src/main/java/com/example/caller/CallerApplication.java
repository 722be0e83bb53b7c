package com.example.caller;

import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.annotation.Bean;
import org.springframework.web.client.RestClient;

/** Asks the service {@code desk} several times and says which servers answered. */
@SpringBootApplication
public class CallerApplication {
    public static void main(String[] args) {
        SpringApplication.run(CallerApplication.class, args);
    }

    @Bean
    @LoadBalanced
    RestClient.Builder balanced() {
        return RestClient.builder();
    }

    @Bean
    CommandLineRunner calls(RestClient.Builder balanced, DiscoveryClient discovery) {
        return arguments -> {
            System.out.println("services: " + discovery.getServices());
            RestClient client = balanced.build();
            for (int i = 0; i < 4; i++) {
                System.out.println("answered by " + nodeThatAnswers(client));
            }
        };
    }

    private static String nodeThatAnswers(RestClient client) {
        String mesh = client.get().uri("http://desk/ticketmesh/mesh").retrieve().body(String.class);
        return mesh.replaceAll("(?s)^.*?\"node\":\\{\"id\":\"([^\"]+)\".*$", "$1");
    }
}
