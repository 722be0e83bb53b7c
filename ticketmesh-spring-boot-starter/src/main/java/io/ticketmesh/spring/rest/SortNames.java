package io.ticketmesh.spring.rest;

import io.ticketmesh.ticket.SortKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads the parameter that says in which order tickets are wanted: names of members, a minus before one turns it round. */
final class SortNames {
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
        return KEYS.keySet().stream()
                .flatMap(name -> Stream.of(name, "-" + name))
                .toList();
    }

    /** The order; empty when none was asked for. What is wrong is noted with the parameters. */
    static List<SortKey> parse(Parameters parameters) {
        List<SortKey> sort = new ArrayList<>();
        for (String word : parameters.list("sort")) {
            boolean descending = word.startsWith("-");
            SortKey.By by = KEYS.get(descending ? word.substring(1) : word);
            if (by == null) {
                List<String> names = List.copyOf(KEYS.keySet());
                parameters.reject("sort", "not-allowed", "must be made of " + String.join(", ", names), names);
                return List.of();
            }
            sort.add(new SortKey(by, descending));
        }
        return sort;
    }
}
