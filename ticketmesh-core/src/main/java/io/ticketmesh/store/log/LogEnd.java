package io.ticketmesh.store.log;

/**
 * Where the durable part of a log ends.
 *
 * @param segment the number of the last segment
 * @param offset behind its last frame
 * @param chain what the next frame must continue
 */
record LogEnd(long segment, int offset, Chain chain) {
    long nextIndex() {
        return chain.nextIndex();
    }

    /** Where the durable frames of a segment end, as far as this tells: further segments end before their zeros. */
    int limitOf(Segment any) {
        return any.header().number() == segment ? offset : any.header().segmentBytes();
    }
}
