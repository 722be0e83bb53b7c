package io.ticketmesh.spring.rest;

import io.ticketmesh.ticket.InvalidQueryException;
import io.ticketmesh.ticket.SortKey;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads the parameter that says in which order tickets are wanted: names of members, a minus before one turns it round, and as the
 * first word {@code relevance}.
 */
final class SortNames {
    private static final String RELEVANCE = "relevance";

    private SortNames() {}

    /** All words that the parameter can be made of. */
    static List<String> all() {
        return Stream.concat(
                        Stream.of(RELEVANCE),
                        Arrays.stream(SortKey.By.values())
                                .map(SortKey.By::label)
                                .flatMap(name -> Stream.of(name, "-" + name)))
                .toList();
    }

    /**
     * An order of lists.
     *
     * @param ranked whether relevance decides first, where words are looked for
     * @param keys empty for the usual order
     */
    record Order(boolean ranked, List<SortKey> keys) {
        Order {
            keys = List.copyOf(keys);
        }
    }

    /** The order; when none was asked for, the most relevant first. What is wrong is noted with the parameters. */
    static Order parse(Parameters parameters) {
        List<String> words = parameters.list("sort");
        boolean ranked = words.isEmpty() || words.get(0).equals(RELEVANCE);
        return new Order(ranked, keys(ranked && !words.isEmpty() ? words.subList(1, words.size()) : words, parameters));
    }

    private static List<SortKey> keys(List<String> words, Parameters parameters) {
        try {
            return words.stream().map(SortKey::parse).toList();
        } catch (InvalidQueryException refused) {
            parameters.reject(
                    "sort", refused.code(), refused.problem() + ", and can begin with " + RELEVANCE, refused.allowed());
            return List.of();
        }
    }
}
