package io.ticketmesh.webhook;

import io.ticketmesh.json.Field;
import io.ticketmesh.json.JsonValue;
import io.ticketmesh.json.ObjectForm;
import io.ticketmesh.json.Violations;
import io.ticketmesh.ticket.InvalidChangeException;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Reads the body that makes or changes a webhook: any of {@code url}, {@code events}, {@code filter}, {@code description}, {@code active}
 * and, for a new one, {@code secret}. Null is the same as absent for a new one, and refused in a change.
 */
public final class WebhookForm {
    private static final Set<String> READ_ONLY = Set.of("id", "stopped", "since", "createdAt", "createdBy");

    private WebhookForm() {}

    /**
     * Fills in what the body says.
     *
     * @param fresh whether the webhook is new
     * @throws io.ticketmesh.json.InvalidJsonException with all violations
     */
    public static void fill(WebhookEdit edit, JsonValue body, boolean fresh) {
        Violations violations = new Violations();
        ObjectForm form = ObjectForm.of(body, violations);
        Function<String, Field<String>> text =
                name -> fresh ? form.string(name) : form.string(name).notNull();
        Field<String> url = fresh ? form.string("url").required() : text.apply("url");
        put(url, edit::url, violations);
        put(fresh ? form.strings("events") : form.strings("events").notNull(), edit::events, violations);
        put(text.apply("filter"), edit::filter, violations);
        put(text.apply("description"), edit::description, violations);
        put(fresh ? form.bool("active") : form.bool("active").notNull(), edit::active, violations);
        if (fresh) {
            form.string("secret").map(WebhookSecret::parse).ifValue(edit::secret);
        }
        form.readOnly(READ_ONLY).rejectUnknown();
        violations.throwIfAny();
    }

    private static <T> void put(Field<T> field, Consumer<T> setting, Violations violations) {
        field.ifValue(value -> {
            try {
                setting.accept(value);
            } catch (InvalidChangeException refused) {
                violations.add(
                        field.pointer(),
                        refused.code(),
                        refused.problem(),
                        refused.limit().orElse(null));
            }
        });
    }
}
