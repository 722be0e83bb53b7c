package io.ticketmesh.spring.rest;

import io.ticketmesh.ticket.InvalidQueryException;
import io.ticketmesh.ticket.SortKey;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Reads the parameter that says in which order tickets are wanted: names of members, a minus before one turns it round. */
final class SortNames {
    private SortNames() {}

    /** All words that the parameter can be made of. */
    static List<String> all() {
        return Arrays.stream(SortKey.By.values())
                .map(SortKey.By::label)
                .flatMap(name -> Stream.of(name, "-" + name))
                .toList();
    }

    /** The order; empty when none was asked for. What is wrong is noted with the parameters. */
    static List<SortKey> parse(Parameters parameters) {
        try {
            return parameters.list("sort").stream().map(SortKey::parse).toList();
        } catch (InvalidQueryException refused) {
            parameters.reject("sort", refused.code(), refused.problem(), refused.allowed());
            return List.of();
        }
    }
}
