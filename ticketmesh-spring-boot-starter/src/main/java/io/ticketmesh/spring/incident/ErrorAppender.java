package io.ticketmesh.spring.incident;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.util.List;

/** Hears what is logged as an error, but for what TicketMesh and its libraries log: that would be a circle. */
final class ErrorAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
    static final String NAME = "ticketmesh-incidents";

    private static final List<String> OWN =
            List.of("io.ticketmesh.", "org.jgroups.", "org.mapdb.", "org.apache.lucene.");
    private static final String OWN_THREADS = "ticketmesh-";

    private final Troubles troubles;

    ErrorAppender(Troubles troubles) {
        this.troubles = troubles;
        setName(NAME);
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (!event.getLevel().isGreaterOrEqual(Level.ERROR) || isOwn(event)) {
            return;
        }
        if (event.getThrowableProxy() instanceof ThrowableProxy proxy) {
            troubles.thrown(proxy.getThrowable(), event.getFormattedMessage());
        } else {
            troubles.told(event.getLoggerName(), event.getMessage(), event::getFormattedMessage);
        }
    }

    private static boolean isOwn(ILoggingEvent event) {
        return OWN.stream().anyMatch(event.getLoggerName()::startsWith)
                || event.getThreadName().startsWith(OWN_THREADS);
    }
}
