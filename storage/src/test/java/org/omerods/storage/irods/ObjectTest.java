package org.omerods.storage.irods;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.omerods.storage.DataObject;
import org.omerods.storage.ObjectReader;
import org.omerods.storage.ObjectReader.Priority;
import org.omerods.storage.ObjectWriter;
import org.omerods.storage.ReplicaState;
import org.omerods.storage.Storage.WriteMode;
import org.omerods.storage.StorageException;

/** Writes and reads objects of an embedded zone. */
abstract class ObjectTest extends ZoneTest {
    private static final long SEED = 8151;

    static byte[] bytes(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    final DataObject put(String name, byte[] bytes) throws StorageException {
        try (ObjectWriter writer = storage.write(home.child(name), WriteMode.REPLACE)) {
            writer.write(0, ByteBuffer.wrap(bytes));
            return writer.commit();
        }
    }

    final void assertHas(DataObject object, byte[] bytes) throws StorageException {
        assertThat(object.state()).isEqualTo(ReplicaState.GOOD);
        assertThat(object.size()).isEqualTo(bytes.length);
        try (ObjectReader reader = storage.open(object)) {
            assertThat(read(reader, 0, bytes.length).equals(ByteBuffer.wrap(bytes)))
                    .as("bytes of %s", object.path())
                    .isTrue();
        }
    }

    static ByteBuffer read(ObjectReader reader, long offset, int length) throws StorageException {
        ByteBuffer target = ByteBuffer.allocate(length);
        reader.read(offset, target, Priority.DEMAND);
        return target.flip();
    }

    /** Random ranges by many threads; every one must be right. */
    static void stress(ObjectReader reader, byte[] bytes, int reads, int maxLength) throws Exception {
        Random random = new Random(SEED);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (int i = 0; i < reads; i++) {
                int length = 1 + random.nextInt(maxLength);
                int offset = random.nextInt(bytes.length - length);
                Priority priority = random.nextInt(3) == 0 ? Priority.PREFETCH : Priority.DEMAND;
                tasks.add(() -> {
                    ByteBuffer target = ByteBuffer.allocateDirect(length);
                    reader.read(offset, target, priority);
                    return target.flip().equals(ByteBuffer.wrap(bytes, offset, length));
                });
            }
            for (Future<Boolean> read : threads.invokeAll(tasks)) {
                assertThat(read.get()).as("seed %s", SEED).isTrue();
            }
        }
    }
}
