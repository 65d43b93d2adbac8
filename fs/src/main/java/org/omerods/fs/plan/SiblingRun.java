package org.omerods.fs.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;

/**
 * Programs copy, hash and import directories file by file, in the order of the listing. Once some files were read to their
 * ends in that order, those that follow are worth fetching: no more bytes ahead than were read in the run, so that what is
 * fetched for nothing, when the program stops, is never more than what it used. For one directory; not thread-safe.
 */
public final class SiblingRun {
    /** So many files in order are no accident. */
    private static final int FILES_OF_A_RUN = 3;

    /** A program that leaves out some kinds of files, or reads with several threads, still goes on in order. */
    private static final int MAX_SKIPPED = 8;

    /** What a file costs besides its bytes, so that the smallest do not count as nothing. */
    private static final int LEAST_BYTES = 4096;

    private final SiblingConfig config;

    /** How many files of the run were read; 0 before the first, when nothing below says anything. */
    private int files;

    /** The furthest of them. */
    private int last;

    /** The bytes of them. */
    private long credit;

    /** All before it were planned or passed. */
    private int planned;

    public SiblingRun(SiblingConfig config) {
        this.config = config;
    }

    /**
     * A file was read to its end.
     *
     * @param index its place in the listing
     * @param count how many entries the listing has
     * @param sizes the bytes of an entry, less than 0 for one that is not to be fetched
     * @return the places of those to be fetched now, in order
     */
    public List<Integer> read(int index, int count, IntToLongFunction sizes) {
        boolean continues = files > 0 && Math.abs(index - last) <= MAX_SKIPPED;
        if (continues && index <= last) {
            return List.of(); // again, or by another thread than the one in front
        }
        if (!continues) {
            files = 0;
            credit = 0;
            planned = 0;
        }
        files++;
        last = index;
        planned = Math.max(planned, last + 1);
        credit = Math.min(config.maxAheadBytes(), credit + cost(sizes.applyAsLong(index)));
        return isRunning() ? plan(count, sizes) : List.of();
    }

    /** Whether files are read in order just now. */
    public boolean isRunning() {
        return files >= FILES_OF_A_RUN;
    }

    private List<Integer> plan(int count, IntToLongFunction sizes) {
        List<Integer> wanted = new ArrayList<>();
        long ahead = aheadBytes(sizes);
        while (planned < Math.min(count, last + 1 + config.maxAheadFiles())) {
            long size = sizes.applyAsLong(planned);
            if (isWanted(size)) {
                ahead += cost(size);
                if (ahead > credit) {
                    break;
                }
                wanted.add(planned);
            }
            planned++;
        }
        return wanted;
    }

    /** Of what was planned and lies ahead of the program. */
    private long aheadBytes(IntToLongFunction sizes) {
        long bytes = 0;
        for (int i = last + 1; i < planned; i++) {
            long size = sizes.applyAsLong(i);
            bytes += isWanted(size) ? cost(size) : 0;
        }
        return bytes;
    }

    private boolean isWanted(long size) {
        return size >= 0 && size <= config.maxFileBytes();
    }

    private static long cost(long size) {
        return Math.max(size, LEAST_BYTES);
    }
}
