package io.ticketmesh.spring.rest;

import io.ticketmesh.ticket.SortKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads the parameter that says in which order tickets are wanted: names of members, a minus before one turns it round, and as the
 * first word {@code relevance}.
 */
final class SortNames {
    private static final String RELEVANCE = "relevance";
    private static final Map<String, SortKey.By> KEYS = new LinkedHashMap<>();

    static {
        KEYS.put("createdAt", SortKey.By.CREATED);
        KEYS.put("updatedAt", SortKey.By.UPDATED);
        KEYS.put("priority", SortKey.By.PRIORITY);
        KEYS.put("dueAt", SortKey.By.DUE);
    }

    private SortNames() {}

    /** All words that the parameter can be made of. */
    static List<String> all() {
        return Stream.concat(Stream.of(RELEVANCE), KEYS.keySet().stream().flatMap(name -> Stream.of(name, "-" + name)))
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
        List<SortKey> sort = new ArrayList<>();
        for (String word : words) {
            boolean descending = word.startsWith("-");
            SortKey.By by = KEYS.get(descending ? word.substring(1) : word);
            if (by == null) {
                List<String> names = List.copyOf(KEYS.keySet());
                parameters.reject(
                        "sort",
                        "not-allowed",
                        "must be made of " + String.join(", ", names) + ", and can begin with " + RELEVANCE,
                        names);
                return List.of();
            }
            sort.add(new SortKey(by, descending));
        }
        return sort;
    }
}
