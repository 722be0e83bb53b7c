package io.ticketmesh.spring.client;

import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import java.util.Objects;
import java.util.function.BiConsumer;

/**
 * What is known of a call of the client that is observed. Tracers put their headers into it when the observation starts; every attempt of the
 * call carries them. The error of the observation is what the call ended with.
 */
public final class ClientCallContext extends SenderContext<BiConsumer<String, String>> {
    private final String method;
    private final String path;

    ClientCallContext(String method, String path, BiConsumer<String, String> headers) {
        super((carrier, name, value) -> Objects.requireNonNull(carrier).accept(name, value), Kind.CLIENT);
        this.method = method;
        this.path = path;
        setCarrier(headers);
        setRemoteServiceName("ticketmesh");
    }

    /** Of HTTP. */
    public String method() {
        return method;
    }

    /** Without the query; mostly with the id of a ticket in it. */
    public String path() {
        return path;
    }
}
