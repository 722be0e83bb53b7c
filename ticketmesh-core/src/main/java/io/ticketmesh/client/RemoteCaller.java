package io.ticketmesh.client;

import io.ticketmesh.json.AnswerForm;
import java.util.List;

/**
 * Who the client is to the server that answered, and what it may do there.
 *
 * @param actor the name under which it writes
 * @param authenticated whether the server knows that it is so
 * @param readOnly whether the server takes no writes at all
 * @param permissions what it may do, on some tickets at least, like {@code update}; newer servers may know others
 */
public record RemoteCaller(String actor, boolean authenticated, boolean readOnly, List<String> permissions) {
    public RemoteCaller {
        permissions = List.copyOf(permissions);
    }

    /** Whether it may do that, on some tickets at least. */
    public boolean may(String permission) {
        return permissions.contains(permission);
    }

    static RemoteCaller read(AnswerForm form) {
        return new RemoteCaller(
                form.text("actor"), form.truth("authenticated"), form.truth("readOnly"), form.texts("permissions"));
    }
}
