package io.ticketmesh.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootVersion;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Stops an application whose Spring Boot is too old before anything of ours is looked at more closely, which would fail with a class that is not
 * there. Newer ones are given a try. This is as early as a library comes in that is no {@code EnvironmentPostProcessor}.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class OnSupportedSpringBoot implements Condition {
    private static final int OLDEST_MAJOR = 3;
    private static final int OLDEST_MINOR = 5;

    /** @throws UnsupportedSpringBootException when it is too old */
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        boolean enabled = context.getEnvironment().getProperty("ticketmesh.enabled", Boolean.class, true);
        String version = SpringBootVersion.getVersion();
        if (enabled && isTooOld(version)) {
            throw new UnsupportedSpringBootException(version);
        }
        return true;
    }

    /** One that does not tell its version is none that is known to be too old. */
    static boolean isTooOld(@Nullable String version) {
        if (version == null || !version.matches("\\d{1,4}\\.\\d{1,4}(\\..*)?")) {
            return false;
        }
        String[] parts = version.split("\\.");
        int major = Integer.parseInt(parts[0]);
        int minor = Integer.parseInt(parts[1]);
        return major < OLDEST_MAJOR || major == OLDEST_MAJOR && minor < OLDEST_MINOR;
    }
}
