package org.omerods.bench.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One direction of a {@link ProxyLink}: all its connections share the rate. Thread-safe. */
final class ProxyLine {
    private static final Logger log = LoggerFactory.getLogger(ProxyLine.class);
    private static final int CHUNK_BYTES = 64 * 1024;
    /** 64 MiB on the way of one connection at most; then the sender waits. */
    private static final int MAX_CHUNKS = 1024;

    private final LinkShape shape;
    private final ReentrantLock lock = new ReentrantLock();
    /** When the line has sent everything that was given to it; guarded by the lock. */
    private long lineFree = System.nanoTime();

    ProxyLine(LinkShape shape) {
        this.shape = shape;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared with another one
    private record Chunk(byte[] bytes, long due) {}

    void carry(Socket from, Socket to) {
        BlockingQueue<Chunk> way = new ArrayBlockingQueue<>(MAX_CHUNKS);
        Thread.ofVirtual().name("proxy-in").start(() -> take(from, way));
        Thread.ofVirtual().name("proxy-out").start(() -> give(way, to));
    }

    private void take(Socket from, BlockingQueue<Chunk> way) {
        byte[] buffer = new byte[CHUNK_BYTES];
        try {
            InputStream in = from.getInputStream();
            int length = in.read(buffer);
            while (length > 0) {
                way.put(new Chunk(Arrays.copyOf(buffer, length), due(length)));
                length = in.read(buffer);
            }
            way.put(new Chunk(new byte[0], System.nanoTime() + shape.delayNanos()));
        } catch (IOException | InterruptedException e) {
            log.debug("proxy: {}", e.toString());
            boolean told = way.offer(new Chunk(new byte[0], System.nanoTime()));
            log.trace("end told: {}", told);
        }
    }

    private void give(BlockingQueue<Chunk> way, Socket to) {
        try (to) {
            OutputStream out = to.getOutputStream();
            while (true) {
                Chunk chunk = way.poll(1, TimeUnit.HOURS);
                if (chunk == null || chunk.bytes().length == 0) {
                    return;
                }
                long wait = chunk.due() - System.nanoTime();
                while (wait > 0) {
                    LockSupport.parkNanos(this, wait);
                    wait = chunk.due() - System.nanoTime();
                }
                out.write(chunk.bytes());
            }
        } catch (IOException | InterruptedException e) {
            log.debug("proxy: {}", e.toString());
        }
    }

    private long due(int length) {
        lock.lock();
        try {
            lineFree = Math.max(System.nanoTime(), lineFree) + (long) (length * 1e9 / shape.bytesPerSecond());
            return lineFree + shape.delayNanos();
        } finally {
            lock.unlock();
        }
    }
}
