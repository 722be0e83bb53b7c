package io.ticketmesh.transport.jgroups;

import java.util.Locale;
import org.jgroups.logging.CustomLogFactory;
import org.jgroups.logging.Log;
import org.jgroups.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * What JGroups logs, one level lower and under the name of this package. Its errors are warnings here, because anti-entropy
 * repairs what they tell of; its traces are off, because they cost a string for each packet. Errors of connections are details:
 * that a connection ended is nothing an operator has to know, and who is gone is seen from the group.
 */
final class QuietLog implements Log {
    private final Logger logger;
    private final boolean errorsAreDetails;

    private QuietLog(String name) {
        logger = LoggerFactory.getLogger(QuietLog.class.getPackageName() + "." + name);
        errorsAreDetails = name.equals(SealedTcp.class.getSimpleName());
    }

    /** For all of JGroups in this process, unless somebody chose otherwise. */
    static synchronized void install() {
        if (LogFactory.getCustomLogFactory() == null) {
            LogFactory.setCustomLogFactory(new CustomLogFactory() {
                @Override
                public Log getLog(Class<?> type) {
                    return new QuietLog(type.getSimpleName());
                }

                @Override
                public Log getLog(String category) {
                    return new QuietLog(category);
                }
            });
        }
    }

    @Override
    public boolean isFatalEnabled() {
        return logger.isWarnEnabled();
    }

    @Override
    public boolean isErrorEnabled() {
        return logger.isEnabledForLevel(errorLevel());
    }

    @Override
    public boolean isWarnEnabled() {
        return logger.isInfoEnabled();
    }

    @Override
    public boolean isInfoEnabled() {
        return logger.isDebugEnabled();
    }

    @Override
    public boolean isDebugEnabled() {
        return logger.isTraceEnabled();
    }

    @Override
    public boolean isTraceEnabled() {
        return false;
    }

    @Override
    public void fatal(String text) {
        logger.warn(text);
    }

    @Override
    public void fatal(String format, Object... arguments) {
        error(format, arguments);
    }

    @Override
    public void fatal(String text, Throwable cause) {
        logger.warn(text, cause);
    }

    @Override
    public void error(String text) {
        logger.atLevel(errorLevel()).log(text);
    }

    @Override
    public void error(String format, Object... arguments) {
        if (isErrorEnabled()) {
            logger.atLevel(errorLevel()).setCause(cause(arguments)).log(text(format, arguments));
        }
    }

    @Override
    public void error(String text, Throwable cause) {
        logger.atLevel(errorLevel()).setCause(cause).log(text);
    }

    @Override
    public void warn(String text) {
        logger.info(text);
    }

    @Override
    public void warn(String format, Object... arguments) {
        if (logger.isInfoEnabled()) {
            logger.info(text(format, arguments), cause(arguments));
        }
    }

    @Override
    public void warn(String text, Throwable cause) {
        logger.info(text, cause);
    }

    @Override
    public void info(String text) {
        logger.debug(text);
    }

    @Override
    public void info(String format, Object... arguments) {
        if (logger.isDebugEnabled()) {
            logger.debug(text(format, arguments), cause(arguments));
        }
    }

    @Override
    public void debug(String text) {
        logger.trace(text);
    }

    @Override
    public void debug(String format, Object... arguments) {
        if (logger.isTraceEnabled()) {
            logger.trace(text(format, arguments), cause(arguments));
        }
    }

    @Override
    public void debug(String text, Throwable cause) {
        logger.trace(text, cause);
    }

    @Override
    public void trace(Object value) {}

    @Override
    public void trace(String text) {}

    @Override
    public void trace(String format, Object... arguments) {}

    @Override
    public void trace(String text, Throwable cause) {}

    @Override
    public void setLevel(String level) {}

    @Override
    public String getLevel() {
        return isDebugEnabled() ? "debug" : isInfoEnabled() ? "info" : isWarnEnabled() ? "warn" : "error";
    }

    private Level errorLevel() {
        return errorsAreDetails ? Level.DEBUG : Level.WARN;
    }

    private static String text(String format, Object... arguments) {
        try {
            return String.format(Locale.ROOT, format, arguments);
        } catch (IllegalArgumentException e) {
            return format;
        }
    }

    private static @Nullable Throwable cause(Object... arguments) {
        Object last = arguments.length == 0 ? null : arguments[arguments.length - 1];
        return last instanceof Throwable cause ? cause : null;
    }
}
