package io.ticketmesh.definition;

import io.ticketmesh.json.JsonWriter;
import io.ticketmesh.json.ObjectForm;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** How definitions of one kind stand in a book and in the bodies of requests: as an object of JSON. Thread-safe. */
public interface DefinitionForm<T> {
    /** Writes the members into an object that was begun. */
    void writeMembers(JsonWriter json, T value);

    /**
     * Reads what {@link #writeMembers} wrote, or what somebody wrote by hand. Members that nobody knows are not its matter: a newer
     * version may have written them.
     *
     * @return null when something is wrong, which is noted in the form's violations
     */
    @Nullable
    T read(ObjectForm form);

    /**
     * The value with the people in it called otherwise. By default there are none.
     *
     * @param names what people are called
     * @throws io.ticketmesh.ticket.InvalidChangeException when it would be too long
     */
    default T naming(T value, UnaryOperator<String> names) {
        return value;
    }
}
