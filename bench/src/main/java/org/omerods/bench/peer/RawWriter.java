package org.omerods.bench.peer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import org.omerods.bench.stage.Zone;
import org.omerods.storage.ObjectWriter;
import org.omerods.storage.Storage.WriteMode;
import org.omerods.storage.StorageException;
import org.omerods.storage.StoragePath;
import org.omerods.storage.irods.IrodsConfig;
import org.omerods.storage.irods.IrodsStorage;
import org.omerods.storage.irods.session.Secret;

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

    /** Writes that many bytes and commits them; returns the seconds of both. */
    public double write(String name, long bytes) throws IOException {
        ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES);
        StoragePath path = StoragePath.of(Zone.home() + "/" + name);
        try {
            var _ = storage.checkLogin();
            long start = System.nanoTime();
            try (ObjectWriter writer = storage.write(path, WriteMode.REPLACE)) {
                for (long at = 0; at < bytes; at += BLOCK_BYTES) {
                    block.clear().limit((int) Math.min(BLOCK_BYTES, bytes - at));
                    writer.write(at, block);
                }
                var _ = writer.commit();
            }
            return (System.nanoTime() - start) / 1e9;
        } catch (StorageException e) {
            throw new IOException("the raw client cannot write " + path + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        storage.close();
    }
}
