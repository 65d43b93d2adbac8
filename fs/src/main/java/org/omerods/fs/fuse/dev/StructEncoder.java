package org.omerods.fs.fuse.dev;

import java.lang.foreign.MemorySegment;

/** Puts a value into the bytes that the kernel reads. */
@FunctionalInterface
interface StructEncoder<T> {
    /** Fills the start of {@code out}; returns how many bytes. */
    int encode(MemorySegment out, T value);
}
