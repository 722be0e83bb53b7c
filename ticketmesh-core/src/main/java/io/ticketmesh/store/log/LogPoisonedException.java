package io.ticketmesh.store.log;

import java.io.IOException;

/**
 * Says that a write or force has failed, now or earlier, and that this log takes no more: what reached the disk is
 * unknown, and a second force could report success for bytes that the operating system has already dropped. Reading
 * goes on. The cause is the first failure.
 */
public final class LogPoisonedException extends IOException {
    private static final long serialVersionUID = 1;

    LogPoisonedException(Throwable cause) {
        super("the log takes no more writes, because one has failed (" + cause.getMessage()
                + "); check the disk, then restart the node");
        initCause(cause);
    }
}
