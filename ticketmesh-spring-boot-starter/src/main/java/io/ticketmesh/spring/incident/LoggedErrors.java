package io.ticketmesh.spring.incident;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Listens to the application's log while the application runs. */
final class LoggedErrors implements SmartLifecycle {
    /** Right after the node is opened, so that what other beans log when they start is heard. */
    private static final int PHASE = Integer.MIN_VALUE + 1_002;

    private final Troubles troubles;
    private @Nullable ErrorAppender appender;

    LoggedErrors(Troubles troubles) {
        this.troubles = troubles;
    }

    @Override
    public synchronized void start() {
        if (appender != null) {
            return;
        }
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            LoggerFactory.getLogger(LoggedErrors.class)
                    .warn("ticketmesh.incidents.logged-errors needs Logback; this application logs by another library");
            return;
        }
        ErrorAppender hearing = new ErrorAppender(troubles);
        hearing.setContext(context);
        hearing.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(hearing);
        appender = hearing;
    }

    @Override
    public synchronized void stop() {
        ErrorAppender hearing = appender;
        if (hearing != null && LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getLogger(Logger.ROOT_LOGGER_NAME).detachAppender(hearing);
            hearing.stop();
        }
        appender = null;
    }

    @Override
    public synchronized boolean isRunning() {
        return appender != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
