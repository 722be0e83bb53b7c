package io.ticketmesh.spring.incident;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * What Actuator's endpoint {@code health} tells of the components of an application. Its types moved to another package with Spring Boot 4.0
 * and kept the names of their methods, by which they are asked.
 */
final class HealthStatuses {
    static final String ENDPOINT = "healthEndpoint";

    private HealthStatuses() {}

    /** The code of each component that has no further ones below it, by its path as in {@code db/primary}. */
    static Map<String, String> of(Object endpoint) {
        Map<String, String> statuses = new TreeMap<>();
        Object whole = call(endpoint, "health");
        if (whole != null) {
            collect("", whole, statuses);
        }
        return statuses;
    }

    private static void collect(String path, Object health, Map<String, String> statuses) {
        Object components =
                ClassUtils.hasMethod(health.getClass(), "getComponents") ? call(health, "getComponents") : null;
        if (components instanceof Map<?, ?> below) {
            below.forEach((name, component) ->
                    collect(path.isEmpty() ? String.valueOf(name) : path + "/" + name, component, statuses));
        } else if (!path.isEmpty()) {
            Object status = call(health, "getStatus");
            Object code = status == null ? null : call(status, "getCode");
            statuses.put(path, String.valueOf(code));
        }
    }

    private static @Nullable Object call(Object target, String name) {
        Method method = ClassUtils.getMethod(target.getClass(), name);
        ReflectionUtils.makeAccessible(method);
        return ReflectionUtils.invokeMethod(method, target);
    }
}
