package org.omerods.bench.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Some readers, each with one read under way, at random places that are never read twice: what a cache or a prefetcher has
 * by chance does not count. Each reader is a thread.
 */
public final class RandomReaders {
    private RandomReaders() {}

    /** One read of {@code length} bytes at {@code offset}, whoever does it. */
    @FunctionalInterface
    public interface Read {
        void at(long offset, int length) throws IOException;
    }

    /** A reader of its own for a thread, closed when it is done. */
    public interface Reader extends Read, AutoCloseable {
        @Override
        void close() throws IOException;
    }

    /** Opens a reader. */
    @FunctionalInterface
    public interface Opener {
        Reader open() throws IOException;
    }

    /** What to do: reads of that size by so many readers, until there were enough or the time is over. */
    public record Task(long fileBytes, int readBytes, int readers, int maxReads, double maxSeconds, long seed) {}

    /** Does it. The opening is not timed. */
    public static Load run(Task task, Opener opener) throws IOException, InterruptedException {
        long[] places = places(task);
        AtomicInteger next = new AtomicInteger();
        List<Reader> readers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(task.readers())) {
            for (int i = 0; i < task.readers(); i++) {
                readers.add(opener.open());
            }
            long start = System.nanoTime();
            long end = start + (long) (task.maxSeconds() * 1e9);
            List<Callable<long[]>> work = new ArrayList<>();
            for (Reader reader : readers) {
                work.add(() -> read(reader, places, next, task.readBytes(), end));
            }
            List<long[]> nanos = new ArrayList<>();
            for (Future<long[]> result : threads.invokeAll(work)) {
                nanos.add(result.get());
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            long[] all = nanos.stream().flatMapToLong(Arrays::stream).toArray();
            return new Load((long) all.length * task.readBytes(), all, seconds);
        } catch (ExecutionException e) {
            throw new IOException("a reader failed: " + e.getCause(), e);
        } finally {
            for (Reader reader : readers) {
                reader.close();
            }
        }
    }

    private static long[] read(Reader reader, long[] places, AtomicInteger next, int length, long end)
            throws IOException {
        long[] nanos = new long[places.length];
        int done = 0;
        long now = System.nanoTime();
        while (now < end) {
            int place = next.getAndIncrement();
            if (place >= places.length) {
                break;
            }
            reader.at(places[place], length);
            long after = System.nanoTime();
            nanos[done++] = after - now;
            now = after;
        }
        return Arrays.copyOf(nanos, done);
    }

    private static long[] places(Task task) {
        int blocks = Math.toIntExact(task.fileBytes() / task.readBytes());
        int[] order = IntStream.range(0, blocks).toArray();
        Random random = new Random(task.seed());
        int wanted = Math.min(task.maxReads(), blocks);
        long[] places = new long[wanted];
        for (int i = 0; i < wanted; i++) {
            int other = i + random.nextInt(blocks - i);
            places[i] = (long) order[other] * task.readBytes();
            order[other] = order[i];
        }
        return places;
    }
}
