package io.ticketmesh.spring.rest;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The answers that tell problems. Operations whose problems of one status are the same share one, which is named after their codes; its
 * member {@code x-problem-codes} lists them.
 */
final class ApiProblems {
    private final Map<String, ApiObject> shared = new LinkedHashMap<>();

    /** The answers for these kinds, by status, as references. */
    Map<Integer, ApiObject> answers(Collection<ProblemKind> kinds) {
        Map<Integer, List<ProblemKind>> byStatus = kinds.stream()
                .sorted()
                .collect(Collectors.groupingBy(ProblemKind::status, TreeMap::new, Collectors.toList()));
        Map<Integer, ApiObject> answers = new TreeMap<>();
        byStatus.forEach((status, alike) -> {
            String name = alike.stream().map(ApiProblems::nameOf).collect(Collectors.joining("Or"));
            shared.putIfAbsent(name, answer(alike));
            answers.put(status, ApiObject.of("$ref", "#/components/responses/" + name));
        });
        return answers;
    }

    /** What {@link #answers} referred to so far. */
    Map<String, ApiObject> shared() {
        return shared;
    }

    private static String nameOf(ProblemKind kind) {
        return Arrays.stream(kind.code().split("-"))
                .map(word -> word.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }

    private static ApiObject answer(List<ProblemKind> kinds) {
        String description = kinds.stream()
                .map(kind -> "`" + kind.code() + "`: " + kind.title() + ".")
                .collect(Collectors.joining("\n"));
        ApiObject schema = ApiType.ref("Problem");
        return ApiObject.of("description", description)
                .with("x-problem-codes", kinds.stream().map(ProblemKind::code).toList())
                .with("headers", ApiHeaders.refs(headers(kinds)))
                .with("content", ApiObject.of(Problem.MEDIA_TYPE, ApiObject.of("schema", schema)));
    }

    private static Set<String> headers(List<ProblemKind> kinds) {
        Set<String> headers = new LinkedHashSet<>(List.of(Causality.VERSION, Causality.STALE));
        kinds.forEach(kind -> headers.addAll(headers(kind)));
        return headers;
    }

    private static List<String> headers(ProblemKind kind) {
        return switch (kind) {
            case UNAUTHENTICATED -> List.of("WWW-Authenticate");
            case METHOD_NOT_ALLOWED -> List.of("Allow");
            case REQUEST_IN_FLIGHT,
                    OVERLOADED,
                    TOO_MANY_STREAMS,
                    SEARCH_UNAVAILABLE,
                    READ_ONLY,
                    WRITE_TIMEOUT,
                    BYTES_AWAY,
                    ATTACHMENTS_UNAVAILABLE -> List.of("Retry-After");
            case RANGE_NOT_SATISFIABLE -> List.of("Content-Range");
            case PRECONDITION_FAILED -> List.of("ETag");
            case UNSUPPORTED_MEDIA_TYPE -> List.of("Accept", "Accept-Patch", "Accept-Encoding");
            case ACKS_NOT_REACHED -> List.of(Acks.HEADER, "ETag");
            default -> List.of();
        };
    }
}
