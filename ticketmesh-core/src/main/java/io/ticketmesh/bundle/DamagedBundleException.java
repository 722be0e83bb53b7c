package io.ticketmesh.bundle;

/** Bytes are no bundle, or not all of one. What came before them was checked and is stored. */
public class DamagedBundleException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final long offset;

    DamagedBundleException(long offset, String problem) {
        super("The bundle " + problem + " at byte " + offset);
        this.offset = offset;
    }

    /** Where the part begins that is not right, in bytes from the beginning. */
    public long offset() {
        return offset;
    }
}
