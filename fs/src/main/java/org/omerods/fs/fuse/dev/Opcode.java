package org.omerods.fs.fuse.dev;

import java.util.Arrays;
import java.util.Locale;

/** What the kernel asks for: enum fuse_opcode of linux/fuse.h. */
enum Opcode {
    /** What a later kernel may know. */
    UNKNOWN(0),
    LOOKUP(1),
    FORGET(2),
    GETATTR(3),
    SETATTR(4),
    READLINK(5),
    SYMLINK(6),
    MKNOD(8),
    MKDIR(9),
    UNLINK(10),
    RMDIR(11),
    RENAME(12),
    LINK(13),
    OPEN(14),
    READ(15),
    WRITE(16),
    STATFS(17),
    RELEASE(18),
    FSYNC(20),
    SETXATTR(21),
    GETXATTR(22),
    LISTXATTR(23),
    REMOVEXATTR(24),
    FLUSH(25),
    INIT(26),
    OPENDIR(27),
    READDIR(28),
    RELEASEDIR(29),
    FSYNCDIR(30),
    GETLK(31),
    SETLK(32),
    SETLKW(33),
    ACCESS(34),
    CREATE(35),
    INTERRUPT(36),
    BMAP(37),
    DESTROY(38),
    IOCTL(39),
    POLL(40),
    NOTIFY_REPLY(41),
    BATCH_FORGET(42),
    FALLOCATE(43),
    READDIRPLUS(44),
    RENAME2(45),
    LSEEK(46),
    COPY_FILE_RANGE(47),
    SETUPMAPPING(48),
    REMOVEMAPPING(49),
    SYNCFS(50),
    TMPFILE(51),
    STATX(52),
    COPY_FILE_RANGE_64(53);

    private static final Opcode[] BY_NUMBER = byNumber();

    private final int number;
    private final String label;

    Opcode(int number) {
        this.number = number;
        this.label = name().toLowerCase(Locale.ROOT);
    }

    /** For the log. */
    String label() {
        return label;
    }

    /** Whether the kernel waits for an answer to it. */
    boolean isAnswered() {
        return this != FORGET && this != BATCH_FORGET && this != NOTIFY_REPLY && this != INTERRUPT;
    }

    static Opcode of(int number) {
        return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : UNKNOWN;
    }

    private static Opcode[] byNumber() {
        Opcode[] table = new Opcode[COPY_FILE_RANGE_64.number + 1];
        Arrays.fill(table, UNKNOWN);
        for (Opcode opcode : values()) {
            table[opcode.number] = opcode;
        }
        return table;
    }
}
