package io.ticketmesh.client;

import io.ticketmesh.json.AnswerForm;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param next the cursor of the next page, good at every server; null on the last one
 * @param previous the cursor of the page before; null on the first one, and for lists that only go forward
 * @param total how many the whole list has; null unless asked for
 * @param complete whether the newest writes could be looked through too; only lists with words can be behind
 */
public record RemotePage<T>(
        List<T> items,
        @Nullable String next,
        @Nullable String previous,
        @Nullable Long total,
        boolean complete) {
    public RemotePage {
        items = List.copyOf(items);
    }

    static <T> RemotePage<T> read(AnswerForm form, Function<? super AnswerForm, ? extends T> item) {
        return new RemotePage<>(
                form.each("items", item),
                form.textOrNull("next"),
                form.textOrNull("prev"),
                form.numberOrNull("total"),
                form.truthOr("complete", true));
    }
}
