package io.ticketmesh.client;

import io.ticketmesh.json.AnswerForm;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A saved view as a server showed it.
 *
 * @param title what people read
 * @param query which tickets, in the parameters of lists as they stand in an address; empty for all that are not deleted
 * @param sort like {@code -priority,updatedAt}; empty for newest first
 * @param columns which members of tickets whoever shows the list is to show; none for all
 * @param shared whether all share it
 * @param owner whose it is; null when it is shared
 * @param etag names this state, without quotes; see {@link RemoteViews#putIf}
 */
public record RemoteView(
        String name,
        String title,
        String query,
        String sort,
        List<String> columns,
        boolean shared,
        @Nullable String owner,
        String updatedBy,
        Instant updatedAt,
        String etag) {
    public RemoteView {
        columns = List.copyOf(columns);
    }

    static RemoteView read(AnswerForm form) {
        return new RemoteView(
                form.text("name"),
                form.text("title"),
                form.text("query"),
                form.text("sort"),
                form.texts("columns"),
                form.truth("shared"),
                form.textOrNull("owner"),
                form.text("updatedBy"),
                form.instant("updatedAt"),
                form.text("etag"));
    }
}
