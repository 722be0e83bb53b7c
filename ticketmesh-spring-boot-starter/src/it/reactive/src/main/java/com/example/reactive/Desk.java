package com.example.reactive;

import io.ticketmesh.TicketMesh;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Takes complaints through the Java API, which is what an application without Spring MVC gets. */
@RestController
@ConditionalOnProperty("reactive.desk")
class Desk {
    private final TicketMesh mesh;

    Desk(TicketMesh mesh) {
        this.mesh = mesh;
    }

    @PostMapping("/own/complaints")
    Mono<String> complain(@RequestBody String title) {
        return Mono.fromCallable(
                        () -> mesh.tickets("visitor").create(title).key().toString())
                .subscribeOn(Schedulers.boundedElastic());
    }
}
