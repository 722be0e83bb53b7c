package io.ticketmesh.spring.rest;

import io.ticketmesh.causality.Sha256;
import org.jspecify.annotations.Nullable;

/** Shows the OpenAPI document, which stays the same as long as the node is open. Thread-safe. */
final class ApiResource {
    private final Desk desk;
    private volatile @Nullable Copy copy;

    private record Copy(byte[] bytes, String etag) {}

    ApiResource(Desk desk) {
        this.desk = desk;
    }

    Reply read(Call call) {
        call.parameters().requireAllKnown();
        Copy shown = copy();
        return call.holds(shown.etag())
                ? Reply.empty(304).tagged(shown.etag())
                : Reply.bytes(200, shown.bytes())
                        .with("Content-Type", "application/json")
                        .tagged(shown.etag());
    }

    /** Made at the first call, because the workflow is known only once the node is open. */
    private Copy copy() {
        Copy made = copy;
        if (made == null) {
            byte[] bytes = new ApiDocument(desk.settings(), desk.service().workflow()).bytes();
            made = new Copy(bytes, Long.toHexString(Sha256.of(bytes).high()));
            copy = made;
        }
        return made;
    }
}
