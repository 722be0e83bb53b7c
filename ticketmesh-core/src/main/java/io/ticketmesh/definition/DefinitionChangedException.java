package io.ticketmesh.definition;

import org.jspecify.annotations.Nullable;

/** A definition is not as its writer expected. Nothing was stored; read it again before the next try. */
public class DefinitionChangedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final @Nullable String etag;

    DefinitionChangedException(String name, @Nullable String etag) {
        super(
                etag == null
                        ? "There is no '" + name + "'"
                        : "'" + name + "' is not as expected; its entity tag is now \"" + etag + "\"");
        this.etag = etag;
    }

    /** The entity tag as it is, without quotes; null when there is no such definition. */
    public @Nullable String etag() {
        return etag;
    }
}
