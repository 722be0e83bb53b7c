package io.ticketmesh.spring.actuate;

import io.ticketmesh.TicketMesh;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Makes the health {@code ticketMesh} in Spring Boot 3. Its types cannot be named here, because one compilation sees one version of
 * Spring Boot; they are found when the application starts.
 */
final class OlderHealthIndicator implements FactoryBean<Object> {
    static final String INDICATOR = "org.springframework.boot.actuate.health.HealthIndicator";
    private static final String HEALTH = "org.springframework.boot.actuate.health.Health";

    private final Supplier<TicketMesh> node;
    private final ClassLoader loader;

    OlderHealthIndicator(Supplier<TicketMesh> node, ClassLoader loader) {
        this.node = node;
        this.loader = loader;
    }

    @Override
    public Class<?> getObjectType() {
        return ClassUtils.resolveClassName(INDICATOR, loader);
    }

    @Override
    public Object getObject() {
        return Proxy.newProxyInstance(loader, new Class<?>[] {getObjectType()}, (proxy, method, arguments) -> {
            if (method.isDefault()) {
                return InvocationHandler.invokeDefault(proxy, method, arguments);
            }
            return switch (method.getName()) {
                case "health" -> health();
                case "equals" -> proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> "health of " + node;
            };
        });
    }

    /** {@code Health.up().withDetails(details).build()}, or {@code down()}. */
    private Object health() {
        NodeHealth health = NodeHealth.of(node.get());
        Class<?> type = ClassUtils.resolveClassName(HEALTH, loader);
        Object builder = call(type, health.up() ? "up" : "down", null);
        Method details = ClassUtils.getMethod(builder.getClass(), "withDetails", Map.class);
        ReflectionUtils.invokeMethod(details, builder, health.details());
        return call(builder.getClass(), "build", builder);
    }

    private static Object call(Class<?> type, String name, @Nullable Object target) {
        Object result = ReflectionUtils.invokeMethod(ClassUtils.getMethod(type, name), target);
        if (result == null) {
            throw new IllegalStateException(type.getName() + "." + name + "() gave nothing");
        }
        return result;
    }
}
