package io.ticketmesh.spring.rest;

import io.ticketmesh.json.JsonWriter;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list that grows at its end: comments, history.
 *
 * @param next the cursor of the next page; null on the last one
 */
record TimeList<T>(List<T> items, @Nullable PlaceInTime next) {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 100;

    /**
     * The page that the parameters ask for; call it last, it refuses unknown ones.
     *
     * @param all in order
     * @param isBehind whether a row stands behind a place
     */
    static <T> TimeList<T> page(
            Parameters parameters,
            Function<PlaceInTime, Predicate<T>> isBehind,
            Function<T, PlaceInTime> place,
            List<T> all) {
        int limit = parameters.size("limit", DEFAULT_LIMIT, MAX_LIMIT);
        PlaceInTime cursor = parameters.converted("cursor", PlaceInTime::parse);
        parameters.requireAllKnown();
        List<T> rest = cursor == null
                ? all
                : all.stream().filter(isBehind.apply(cursor)).toList();
        List<T> items = rest.subList(0, Math.min(limit, rest.size()));
        boolean last = items.size() == rest.size();
        return new TimeList<>(items, last ? null : place.apply(items.get(items.size() - 1)));
    }

    Reply reply(Call call, BiConsumer<JsonWriter, T> form) {
        String cursor = next == null ? null : next.toString();
        Reply reply = Reply.json(200, json -> {
            json.startObject().startArray("items");
            items.forEach(item -> form.accept(json, item));
            json.endArray().optional("next", cursor).endObject();
        });
        return Links.to(call, cursor, null).on(reply);
    }
}
