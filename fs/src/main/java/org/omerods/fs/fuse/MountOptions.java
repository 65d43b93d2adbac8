package org.omerods.fs.fuse;

import static java.util.Objects.requireNonNull;

/**
 * How a mount presents itself.
 *
 * @param source shown as the device in /proc/mounts, for example {@code irods://alice@host:1247/tempZone}
 * @param allowOther other users than the mounting one may enter; permission bits are then checked by the kernel
 * @param readOnly the kernel refuses every change by itself
 * @param readAheadBytes what the kernel may read ahead; above 128 KiB only root gets it
 * @param passThrough the kernel may read complete block files itself, where it can and this process may ask for it
 */
public record MountOptions(
        String source, boolean allowOther, boolean readOnly, int readAheadBytes, boolean passThrough) {
    /** The fuse.ko cap is 128 KiB; 1 MiB was three times faster cold and 4 MiB no faster. */
    public static final int DEFAULT_READ_AHEAD_BYTES = 1 << 20;

    public MountOptions {
        requireNonNull(source, "source");
        if (readAheadBytes < 0) {
            throw new IllegalArgumentException("readAheadBytes " + readAheadBytes);
        }
    }

    /** A read-only mount. */
    public MountOptions(String source, boolean allowOther, int readAheadBytes) {
        this(source, allowOther, true, readAheadBytes, true);
    }

    public static MountOptions of(String source) {
        return new MountOptions(source, false, DEFAULT_READ_AHEAD_BYTES);
    }

    /** The same for a mount that programs may write to. */
    public MountOptions writable() {
        return new MountOptions(source, allowOther, false, readAheadBytes, passThrough);
    }

    /** The same, with every read asked of the filesystem. */
    public MountOptions withoutPassThrough() {
        return new MountOptions(source, allowOther, readOnly, readAheadBytes, false);
    }
}
