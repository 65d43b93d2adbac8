package org.omerods.fs.vfs;

import org.omerods.storage.StorageException.Reason;

/** What a program is told when the storage failed: the only place that decides. */
final class ErrnoOfReason {
    private ErrnoOfReason() {}

    static Errno of(Reason reason) {
        return switch (reason) {
            case NOT_FOUND -> Errno.ENOENT;
            case ALREADY_EXISTS -> Errno.EEXIST;
            case NOT_A_COLLECTION -> Errno.ENOTDIR;
            case IS_A_COLLECTION -> Errno.EISDIR;
            case NOT_EMPTY -> Errno.ENOTEMPTY;
            case ACCESS_DENIED -> Errno.EACCES;
            // The mount's login, not the program's right to the file. Still "permission denied" leads people to where
            // the mistake is, and the log names it.
            case LOGIN_REFUSED -> Errno.EACCES;
            // Not EAGAIN: programs spin on it, or take it for a non-blocking descriptor.
            case LOCKED -> Errno.EBUSY;
            case STALE -> Errno.ESTALE;
            // The bytes exist but none of them can be trusted: for a reader a damaged disk.
            case NO_GOOD_REPLICA -> Errno.EIO;
            case NAME_TOO_LONG -> Errno.ENAMETOOLONG;
            case INVALID -> Errno.EINVAL;
            case UNSUPPORTED -> Errno.EOPNOTSUPP;
            case READ_ONLY -> Errno.EROFS;
            case NO_SPACE -> Errno.ENOSPC;
            // Not EHOSTDOWN or ENETDOWN, which read(2) does not know: programs handle EIO.
            case UNAVAILABLE -> Errno.EIO;
            // Not ETIMEDOUT, for the same reason; a silent server and a dead one are one thing to a reader.
            case TIMEOUT -> Errno.EIO;
            case CORRUPT -> Errno.EIO;
            case INTERRUPTED -> Errno.EINTR;
            // ENODEV would be nearer, but the mount is on its way out and EIO is what its last readers handle.
            case CLOSED -> Errno.EIO;
        };
    }
}
