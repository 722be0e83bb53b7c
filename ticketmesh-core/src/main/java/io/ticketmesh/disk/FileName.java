package io.ticketmesh.disk;

/** The rule for names of files on a {@link Disk}. */
final class FileName {
    /** The file that {@link FileDisk} locks; it belongs to nobody else. */
    static final String LOCK = "lock";

    private FileName() {}

    /**
     * Returns the name, or throws {@link IllegalArgumentException} when it could leave the directory or touch the lock.
     */
    static String checked(String name) {
        boolean separated = name.indexOf('/') >= 0 || name.indexOf('\\') >= 0 || name.indexOf('\0') >= 0;
        if (name.isBlank() || separated || name.equals(".") || name.equals("..") || name.equals(LOCK)) {
            throw new IllegalArgumentException("not a plain file name: '" + name + "'");
        }
        return name;
    }
}
