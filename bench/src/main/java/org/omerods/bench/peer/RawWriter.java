package org.omerods.bench.peer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.omerods.bench.stage.Zone;
import org.omerods.storage.Content;
import org.omerods.storage.DataObject;
import org.omerods.storage.ObjectWriter;
import org.omerods.storage.Storage.WriteMode;
import org.omerods.storage.StorageException;
import org.omerods.storage.StoragePath;
import org.omerods.storage.irods.IrodsConfig;
import org.omerods.storage.irods.IrodsStorage;
import org.omerods.storage.irods.session.Secret;
import org.omerods.storage.irods.write.ChecksumScheme;

/** Writes of an object without a filesystem: the storage's own writer, blocks handed over as fast as it takes them. */
public final class RawWriter implements AutoCloseable {
    private static final int BLOCK_BYTES = 4 << 20;

    private final IrodsStorage storage;

    private RawWriter(IrodsStorage storage) {
        this.storage = storage;
    }

    public static RawWriter open(Zone zone) throws IOException {
        IrodsConfig config = IrodsConfig.builder()
                .host(zone.host())
                .port(zone.port())
                .zone(zone.zoneName())
                .user(zone.user())
                .password(Secret.of(Files.readString(zone.passwordFile()).strip()))
                .routeToResourceHosts(false)
                .build();
        return new RawWriter(IrodsStorage.connect(config));
    }

    /** Writes that many bytes and commits them; returns the seconds of both. The server registers a checksum. */
    public double write(String name, long bytes) throws IOException {
        return write(name, bytes, false);
    }

    /** The same, and compares the server's checksum with its own, which it computes meanwhile: as the mount does. */
    public double writeAndCompare(String name, long bytes) throws IOException {
        return write(name, bytes, true);
    }

    /** The same over as many connections as the storage takes for that many bytes (four of 1 GiB). */
    public double writeInParallelAndCompare(String name, long bytes) throws IOException {
        StoragePath path = StoragePath.of(Zone.home() + "/" + name);
        try {
            var _ = storage.checkLogin();
            long start = System.nanoTime();
            var _ = storage.put(path, WriteMode.CREATE, zeros(bytes));
            return (System.nanoTime() - start) / 1e9;
        } catch (StorageException e) {
            throw new IOException("the raw client cannot write " + path + ": " + e.getMessage(), e);
        }
    }

    /** What blocks that are never filled have. */
    private static Content zeros(long bytes) {
        return new Content() {
            @Override
            public long size() {
                return bytes;
            }

            @Override
            public int read(long offset, ByteBuffer target) {
                int length = (int) Math.min(target.remaining(), bytes - offset);
                target.position(target.position() + length); // a buffer that was never filled has nothing else
                return length > 0 ? length : -1;
            }
        };
    }

    private double write(String name, long bytes, boolean compare) throws IOException {
        ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES);
        StoragePath path = StoragePath.of(Zone.home() + "/" + name);
        FutureTask<String> checksum = new FutureTask<>(() -> ChecksumScheme.SHA2.of(zeros(bytes)));
        try {
            var _ = storage.checkLogin();
            long start = System.nanoTime();
            if (compare) {
                Thread.ofPlatform().daemon().name("raw-writer-checksum").start(checksum);
            }
            try (ObjectWriter writer = storage.write(path, WriteMode.REPLACE)) {
                for (long at = 0; at < bytes; at += BLOCK_BYTES) {
                    block.clear().limit((int) Math.min(BLOCK_BYTES, bytes - at));
                    writer.write(at, block);
                }
                DataObject written = writer.commit();
                if (compare && !written.version().checksum().equals(checksum.get())) {
                    throw new IOException(path + " has another checksum than what was sent");
                }
            }
            return (System.nanoTime() - start) / 1e9;
        } catch (StorageException e) {
            throw new IOException("the raw client cannot write " + path + ": " + e.getMessage(), e);
        } catch (ExecutionException e) {
            throw new IOException("no checksum: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while writing " + path, e);
        }
    }

    @Override
    public void close() {
        storage.close();
    }
}
