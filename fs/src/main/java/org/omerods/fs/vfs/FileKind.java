package org.omerods.fs.vfs;

/** What an inode is, with its S_IFMT bits. */
public enum FileKind {
    FILE(0100000),
    DIRECTORY(0040000),
    SYMLINK(0120000);

    private final int modeBits;

    FileKind(int modeBits) {
        this.modeBits = modeBits;
    }

    public int modeBits() {
        return modeBits;
    }
}
