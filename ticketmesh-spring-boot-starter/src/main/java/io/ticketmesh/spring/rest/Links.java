package io.ticketmesh.spring.rest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The header {@code Link} of a page, RFC 8288: this very list at the pages before and behind. */
record Links(@Nullable String next, @Nullable String previous) {
    /** Links to the same list at these cursors; null for none. */
    static Links to(Call call, @Nullable String nextCursor, @Nullable String previousCursor) {
        return new Links(address(call, nextCursor), address(call, previousCursor));
    }

    private static @Nullable String address(Call call, @Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        String query = call.servlet().getQueryString();
        String others = query == null
                ? ""
                : Arrays.stream(query.split("&"))
                        .filter(pair -> !pair.isEmpty() && !pair.startsWith("cursor="))
                        .map(pair -> pair + "&")
                        .collect(Collectors.joining());
        return call.ownPath() + "?" + others + "cursor=" + cursor;
    }

    Reply on(Reply reply) {
        List<String> links = new ArrayList<>();
        if (next != null) {
            links.add("<" + next + ">; rel=\"next\"");
        }
        if (previous != null) {
            links.add("<" + previous + ">; rel=\"prev\"");
        }
        return links.isEmpty() ? reply : reply.with("Link", String.join(", ", links));
    }
}
