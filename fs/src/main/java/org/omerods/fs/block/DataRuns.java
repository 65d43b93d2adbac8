package org.omerods.fs.block;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.omerods.fs.plan.ByteRange;

/** Finds the parts of a sparse file that are no holes, by lseek(2) with SEEK_DATA and SEEK_HOLE, which Java does not have. */
final class DataRuns {
    /** unistd.h of Linux, the same on all architectures. */
    private static final int SEEK_DATA = 3;

    private static final int SEEK_HOLE = 4;

    /** O_RDONLY | O_CLOEXEC of asm-generic/fcntl.h, the same where Java runs. */
    private static final int OPEN_FLAGS = 02000000;

    private static final MethodHandle OPEN = call(
            "open",
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
            Linker.Option.firstVariadicArg(2));
    private static final MethodHandle CLOSE =
            call("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    private static final MethodHandle LSEEK = call(
            "lseek",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));

    private DataRuns() {}

    private static MethodHandle call(String name, FunctionDescriptor descriptor, Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor, options);
    }

    /** The parts between two offsets that may hold something; all of it where the filesystem cannot tell. */
    static List<ByteRange> of(Path file, long from, long to) throws IOException {
        if (from >= to) {
            return List.of();
        }
        try (Arena arena = Arena.ofConfined()) {
            int descriptor = (int) OPEN.invokeExact(arena.allocateFrom(file.toString()), OPEN_FLAGS);
            if (descriptor < 0) {
                throw new IOException("cannot open " + file);
            }
            try {
                return runs(descriptor, from, to);
            } finally {
                int _ = (int) CLOSE.invokeExact(descriptor);
            }
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("these calls take these arguments", e);
        }
    }

    private static List<ByteRange> runs(int descriptor, long from, long to) throws Throwable {
        if ((long) LSEEK.invokeExact(descriptor, from, SEEK_HOLE) < 0) {
            return List.of(new ByteRange(from, to));
        }
        List<ByteRange> runs = new ArrayList<>();
        for (long at = from; at < to; ) {
            long start = (long) LSEEK.invokeExact(descriptor, at, SEEK_DATA);
            if (start < 0 || start >= to) {
                break;
            }
            long end = (long) LSEEK.invokeExact(descriptor, start, SEEK_HOLE);
            at = end < 0 ? to : Math.min(end, to);
            runs.add(new ByteRange(start, at));
        }
        return runs;
    }
}
