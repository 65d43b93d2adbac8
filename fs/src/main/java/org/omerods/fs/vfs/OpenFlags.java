package org.omerods.fs.vfs;

/** The flags of open(2) that matter here; the numbers are those of Linux on x86-64 and aarch64. */
final class OpenFlags {
    private static final int ACCESS_MODE = 3;
    private static final int READ_ONLY = 0;
    private static final int WRITE_ONLY = 1;
    private static final int EXCLUSIVE = 0200;
    private static final int TRUNCATE = 01000;

    private OpenFlags() {}

    /** O_WRONLY or O_RDWR. */
    static boolean writes(int flags) {
        return (flags & ACCESS_MODE) != READ_ONLY;
    }

    /** O_WRONLY. */
    static boolean isWriteOnly(int flags) {
        return (flags & ACCESS_MODE) == WRITE_ONLY;
    }

    static boolean truncates(int flags) {
        return (flags & TRUNCATE) != 0;
    }

    /** O_EXCL. */
    static boolean isExclusive(int flags) {
        return (flags & EXCLUSIVE) != 0;
    }

    static boolean changes(int flags) {
        return writes(flags) || truncates(flags);
    }
}
