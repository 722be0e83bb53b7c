package io.ticketmesh.json;

import io.ticketmesh.ticket.FieldValue;
import io.ticketmesh.ticket.Priority;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.StatusValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The value of a field, as histories and conflicts hold it, as a tree that {@link JsonWriter#value} can write. */
final class FieldJson {
    private FieldJson() {}

    static @Nullable Object tree(@Nullable Object value) {
        if (value instanceof FieldValue custom) {
            return CustomFieldJson.tree(custom);
        } else if (value instanceof StatusValue status) {
            Map<String, @Nullable Object> tree = new LinkedHashMap<>();
            tree.put("status", status.status().name());
            tree.put("resolution", status.resolution());
            tree.put("pendingUntil", status.pendingUntil());
            return tree;
        } else if (value instanceof Priority priority) {
            return priority.name();
        } else if (value instanceof Status status) {
            return status.name();
        } else if (value instanceof Optional<?> optional) {
            return optional.orElse(null);
        }
        return value;
    }
}
