package io.ticketmesh.search;

import java.lang.invoke.MethodHandles;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.util.VectorUtil;

/**
 * Wakes the parts of Lucene that tell the application's log, once, how fast they could be with other flags of the JVM: about vectors,
 * which are not used here. What Lucene has to say later is not held back.
 */
final class LuceneQuiet {
    private LuceneQuiet() {}

    static synchronized void wake() {
        Logger lucene = Logger.getLogger("org.apache.lucene");
        Level before = lucene.getLevel();
        lucene.setLevel(Level.OFF);
        try {
            MethodHandles.lookup().ensureInitialized(VectorUtil.class);
            MethodHandles.lookup().ensureInitialized(Codec.class);
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException("Public classes can be initialized", impossible);
        } finally {
            lucene.setLevel(before);
        }
    }
}
