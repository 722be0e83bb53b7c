package com.example.reactive;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;

/** Routes of both kinds, one of them at the path that a servlet application would give to tickets. */
@SpringBootApplication
public class ReactiveApplication {
    public static void main(String[] args) {
        SpringApplication.run(ReactiveApplication.class, args);
    }

    @Bean
    RouterFunction<ServerResponse> ticketSale() {
        return RouterFunctions.route(
                RequestPredicates.GET("/tickets"),
                request -> ServerResponse.ok().bodyValue("two seats left"));
    }

    @RestController
    static class Numbers {
        @GetMapping("/own/numbers")
        Flux<Number> numbers() {
            return Flux.range(1, 3).map(Number::new);
        }

        @GetMapping("/own/failure")
        Flux<Number> failure() {
            return Flux.error(new IllegalStateException("on purpose"));
        }
    }

    record Number(int wholeNumber) {}
}
