package org.omerods.fs.block;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Bytes of a read, in native memory that stays as it is until {@link #release}.
 *
 * @param onRelease runs at the first release
 */
public record BlockSlice(MemorySegment bytes, Runnable onRelease) {

    /** A slice whose release does something once, however often it is called. */
    static BlockSlice releasedOnce(MemorySegment bytes, Runnable onRelease) {
        AtomicBoolean released = new AtomicBoolean();
        return new BlockSlice(bytes, () -> {
            if (released.compareAndSet(false, true)) {
                onRelease.run();
            }
        });
    }

    /** The bytes must not be touched any more. */
    public void release() {
        onRelease.run();
    }
}
