package io.ticketmesh.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * The files that are read while an application runs, for one that is processed ahead of time. Classes need no hint: settings are bound by Spring Boot,
 * which makes its own, and JSON is written without looking at classes.
 */
final class OwnFiles implements RuntimeHintsRegistrar {
    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader loader) {
        hints.resources().registerPattern("io/ticketmesh/spring/**");
    }
}
