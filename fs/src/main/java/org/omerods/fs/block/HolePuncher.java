package org.omerods.fs.block;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Frees the disk blocks below a part of a shared writable file mapping, by madvise(MADV_REMOVE): the same as
 * fallocate(FALLOC_FL_PUNCH_HOLE), without a need for the descriptor that Java hides.
 */
final class HolePuncher {
    /** asm-generic/mman-common.h; the same on all Linux architectures that Java runs on. */
    private static final int MADV_REMOVE = 9;

    private static final MethodHandle MADVISE = Linker.nativeLinker()
            .downcallHandle(
                    Linker.nativeLinker().defaultLookup().findOrThrow("madvise"),
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));

    private HolePuncher() {}

    /**
     * Punches the pages of {@code segment}, which must begin on a page of the mapping.
     *
     * @return whether the space was freed; false on filesystems without holes
     */
    static boolean punch(MemorySegment segment) {
        try {
            return (int) MADVISE.invokeExact(segment, segment.byteSize(), MADV_REMOVE) == 0;
        } catch (Throwable e) {
            throw new AssertionError("madvise takes these arguments", e);
        }
    }
}
