package org.omerods.fs.fuse.linux;

/** Error numbers that system calls of the drivers answer with, and their names for messages. */
public final class LinuxErrno {
    public static final int EPERM = 1;
    public static final int ENOENT = 2;
    public static final int EINTR = 4;
    public static final int EAGAIN = 11;
    public static final int EACCES = 13;
    public static final int EBUSY = 16;
    public static final int ENODEV = 19;
    public static final int EINVAL = 22;
    public static final int ECONNABORTED = 103;
    public static final int ENOTCONN = 107;

    private LinuxErrno() {}

    /** For people: {@code EBUSY (16)}. Takes the number with either sign. */
    public static String describe(int number) {
        int errno = Math.abs(number);
        String name = switch (errno) {
            case EPERM -> "EPERM";
            case ENOENT -> "ENOENT";
            case EINTR -> "EINTR";
            case EAGAIN -> "EAGAIN";
            case EACCES -> "EACCES";
            case EBUSY -> "EBUSY";
            case ENODEV -> "ENODEV";
            case EINVAL -> "EINVAL";
            case ECONNABORTED -> "ECONNABORTED";
            case ENOTCONN -> "ENOTCONN";
            default -> "errno";
        };
        return name + " (" + errno + ")";
    }
}
