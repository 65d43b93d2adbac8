package org.omerods.bench.peer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.omerods.bench.load.Load;
import org.omerods.bench.load.RandomReaders;
import org.omerods.bench.stage.Zone;
import org.omerods.storage.irods.session.ConnectionException;
import org.omerods.storage.irods.session.Exchange;
import org.omerods.storage.irods.session.Request;
import org.omerods.storage.irods.wire.Api;
import org.omerods.storage.irods.wire.ObjectMessages;

/**
 * Reads of an object without a filesystem: by one stream that waits for each answer, as simple clients do, and by several
 * connections with several lseek-read pairs in flight on each, which is the most that the server gives.
 */
public final class RawClient implements AutoCloseable {
    private final IrodsSessions sessions;
    private final long objectBytes;

    private RawClient(IrodsSessions sessions, long objectBytes) {
        this.sessions = sessions;
        this.objectBytes = objectBytes;
    }

    public static RawClient open(Zone zone, String name, long objectBytes, int connections)
            throws IOException, InterruptedException {
        return new RawClient(IrodsSessions.open(zone, name, connections), objectBytes);
    }

    /** The whole object, blocks dealt out among the connections, {@code depth} of them in flight on each. */
    public Load sequential(int blockBytes, int depth, double maxSeconds) throws IOException, InterruptedException {
        AtomicLong next = new AtomicLong();
        List<Callable<Long>> work = new ArrayList<>();
        long start = System.nanoTime();
        long end = start + (long) (maxSeconds * 1e9);
        for (IrodsSessions.OpenObject object : sessions.objects()) {
            work.add(() -> stream(object, next, blockBytes, depth, end));
        }
        long bytes = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Long> result : threads.invokeAll(work)) {
                bytes += result.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("the raw client failed: " + e.getCause(), e);
        }
        return new Load(bytes, new long[0], (System.nanoTime() - start) / 1e9);
    }

    private record Flight(Exchange seek, Exchange read, ByteBuffer buffer) {}

    private long stream(IrodsSessions.OpenObject object, AtomicLong next, int blockBytes, int depth, long end)
            throws ConnectionException, InterruptedException, IOException {
        Deque<ByteBuffer> free = new ArrayDeque<>();
        for (int i = 0; i < depth; i++) {
            free.add(ByteBuffer.allocateDirect(blockBytes));
        }
        Deque<Flight> flights = new ArrayDeque<>();
        long bytes = 0;
        while (true) {
            while (!free.isEmpty() && System.nanoTime() < end) {
                long offset = next.getAndAdd(blockBytes);
                if (offset >= objectBytes) {
                    break;
                }
                flights.add(send(
                        object, offset, free.remove().clear().limit((int) Math.min(blockBytes, objectBytes - offset))));
            }
            if (flights.isEmpty()) {
                return bytes;
            }
            Flight flight = flights.remove();
            bytes += receive(flight);
            free.add(flight.buffer());
        }
    }

    private static Flight send(IrodsSessions.OpenObject object, long offset, ByteBuffer target)
            throws ConnectionException, InterruptedException {
        List<Exchange> pair = object.connection()
                .submitAll(List.of(
                        Request.of(Api.DATA_OBJ_LSEEK, ObjectMessages.seek(object.descriptor(), offset)),
                        Request.receiving(
                                Api.DATA_OBJ_READ,
                                ObjectMessages.read(object.descriptor(), target.remaining()),
                                target)));
        return new Flight(pair.getFirst(), pair.getLast(), target);
    }

    private static int receive(Flight flight) throws ConnectionException, InterruptedException, IOException {
        int seek = flight.seek().await().status();
        int read = flight.read().await().status();
        if (seek < 0 || read < 0) {
            throw new IOException("the server refused a read: " + seek + ", " + read);
        }
        return read;
    }

    /** One stream that asks for nothing before it has the last answer: lseek, wait, read, wait. */
    public Load plain(int blockBytes, double maxSeconds) throws IOException, InterruptedException {
        IrodsSessions.OpenObject object = sessions.objects().getFirst();
        ByteBuffer buffer = ByteBuffer.allocateDirect(blockBytes);
        long start = System.nanoTime();
        long end = start + (long) (maxSeconds * 1e9);
        long offset = 0;
        try {
            while (offset < objectBytes && System.nanoTime() < end) {
                buffer.clear().limit((int) Math.min(blockBytes, objectBytes - offset));
                offset += readWaiting(object, offset, buffer);
            }
        } catch (ConnectionException e) {
            throw new IOException("the plain client failed: " + e.getMessage(), e);
        }
        return new Load(offset, new long[0], (System.nanoTime() - start) / 1e9);
    }

    private static int readWaiting(IrodsSessions.OpenObject object, long offset, ByteBuffer target)
            throws ConnectionException, InterruptedException, IOException {
        int seek = object.connection()
                .submit(Request.of(Api.DATA_OBJ_LSEEK, ObjectMessages.seek(object.descriptor(), offset)))
                .await()
                .status();
        int read = object.connection()
                .submit(Request.receiving(
                        Api.DATA_OBJ_READ, ObjectMessages.read(object.descriptor(), target.remaining()), target))
                .await()
                .status();
        if (seek < 0 || read < 0) {
            throw new IOException("the server refused a read: " + seek + ", " + read);
        }
        return read;
    }

    /** One reader at random places, with lseek and read in one flight: a round trip, the service and the transfer. */
    public RandomReaders.Reader reader(int number, int maxReadBytes) {
        IrodsSessions.OpenObject object =
                sessions.objects().get(number % sessions.objects().size());
        ByteBuffer buffer = ByteBuffer.allocateDirect(maxReadBytes);
        return new RandomReaders.Reader() {
            @Override
            public void at(long offset, int length) throws IOException {
                try {
                    int got = receive(send(object, offset, buffer.clear().limit(length)));
                    if (got != length) {
                        throw new IOException("the server gave " + got + " of " + length + " bytes");
                    }
                } catch (ConnectionException e) {
                    throw new IOException("the raw client failed: " + e.getMessage(), e);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException("interrupted", e);
                }
            }

            @Override
            public void close() {
                // the connections belong to the client
            }
        };
    }

    @Override
    public void close() {
        sessions.close();
    }
}
