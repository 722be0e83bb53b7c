package io.ticketmesh.definition;

import io.ticketmesh.json.Field;
import io.ticketmesh.json.JsonWriter;
import io.ticketmesh.json.ObjectForm;
import io.ticketmesh.json.Violation;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.InvalidQueryException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A saved view in JSON: {@code title}, {@code query}, {@code sort} and {@code columns}. */
public final class ViewForm implements DefinitionForm<SavedView> {
    /** The only one there need be. */
    public static final ViewForm INSTANCE = new ViewForm();

    private ViewForm() {}

    @Override
    public void writeMembers(JsonWriter json, SavedView view) {
        json.member("title", view.title())
                .member("query", view.query())
                .member("sort", view.sort())
                .member("columns", view.columns());
    }

    @Override
    public @Nullable SavedView read(ObjectForm form) {
        Field<String> title = form.string("title").required();
        Field<String> query = form.string("query");
        Field<String> sort = form.string("sort");
        Field<List<String>> columns = form.strings("columns");
        if (!title.hasValue()) {
            return null;
        }
        try {
            return new SavedView(title.value(), query.valueOr(""), sort.valueOr(""), columns.valueOr(List.of()));
        } catch (InvalidQueryException refused) {
            form.violations().add(violation(refused));
        } catch (InvalidChangeException refused) {
            form.violations().add(Violation.of(refused));
        }
        return null;
    }

    @Override
    public SavedView naming(SavedView view, UnaryOperator<String> names) {
        return view.naming(names);
    }

    /** What a view is refused for, with what would have been allowed. */
    public static Violation violation(InvalidQueryException refused) {
        Violation violation = Violation.of(refused);
        return refused.allowed().isEmpty()
                ? violation
                : new Violation(violation.pointer(), violation.code(), violation.detail(), refused.allowed());
    }
}
