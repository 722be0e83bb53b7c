package io.ticketmesh.spring.test;

import java.util.List;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;

/** Gives every test context a {@link SeparateNode}; found through {@code META-INF/spring.factories}. */
final class SeparateNodeFactory implements ContextCustomizerFactory {
    SeparateNodeFactory() {}

    @Override
    public ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> configurations) {
        return new SeparateNode();
    }
}
