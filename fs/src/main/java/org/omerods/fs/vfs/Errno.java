package org.omerods.fs.vfs;

/** Linux error numbers that this filesystem answers with. */
public enum Errno {
    EPERM(1),
    ENOENT(2),
    EINTR(4),
    EIO(5),
    EBADF(9),
    EAGAIN(11),
    ENOMEM(12),
    EACCES(13),
    EBUSY(16),
    EEXIST(17),
    ENOTDIR(20),
    EISDIR(21),
    EINVAL(22),
    EMFILE(24),
    ETXTBSY(26),
    EFBIG(27),
    ENOSPC(28),
    EROFS(30),
    ERANGE(34),
    ENAMETOOLONG(36),
    ENOSYS(38),
    ENOTEMPTY(39),
    ENODATA(61),
    ETIMEDOUT(110),
    EOPNOTSUPP(95),
    ESTALE(116);

    private final int number;

    Errno(int number) {
        this.number = number;
    }

    /** The positive number of errno.h on Linux. */
    public int number() {
        return number;
    }
}
