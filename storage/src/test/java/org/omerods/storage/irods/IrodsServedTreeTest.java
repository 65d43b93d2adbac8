package org.omerods.storage.irods;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.omerods.storage.DataObject;
import org.omerods.storage.Entry;
import org.omerods.storage.ObjectReader;
import org.omerods.storage.ObjectReader.Priority;
import org.omerods.storage.StoragePath;
import org.omerods.zone.ZoneOptions;

/** Sizes and numbers that take a directory served in place: 20 GB without the bytes, 100,000 entries. */
@Timeout(300)
class IrodsServedTreeTest extends ZoneTest {
    private static final long HUGE = 20_000_000_000L;
    private static final long[] BORDERS = {
        0, (1L << 31) - 8, (1L << 32) - 8, (1L << 33) - 8, 1L << 34, 17_000_000_000L, HUGE - 16
    };
    private static final int MANY = 100_000;

    private final StoragePath tree = StoragePath.of("/tempZone/home/rods/tree");

    @Override
    ZoneOptions options(ZoneOptions options) throws IOException {
        Path served = Files.createDirectories(directory.resolve("served"));
        try (RandomAccessFile file = new RandomAccessFile(served.resolve("huge").toFile(), "rw")) {
            file.setLength(HUGE);
            for (long border : BORDERS) {
                file.seek(border);
                file.writeLong(border);
                file.writeLong(~border);
            }
        }
        Path many = Files.createDirectories(served.resolve("many"));
        for (int i = 0; i < MANY; i++) {
            Files.createFile(many.resolve("tile-%06d.tif".formatted(i)));
        }
        return options.withTree(served, tree.value());
    }

    @Test
    void offsetsBeyondFourGigabytesAreRightAndListingsComplete() throws Exception {
        DataObject huge = (DataObject) storage.stat(tree.child("huge"));
        assertThat(huge.size()).isEqualTo(HUGE);
        try (ObjectReader reader = storage.open(huge)) {
            for (long border : BORDERS) {
                ByteBuffer target = ByteBuffer.allocate(16);
                reader.read(border, target, Priority.DEMAND);
                target.flip();
                assertThat(target.getLong()).isEqualTo(border);
                assertThat(target.getLong()).isEqualTo(~border);
            }
            ByteBuffer across = ByteBuffer.allocate(3 << 20);
            reader.read((1L << 32) - (2 << 20), across, Priority.DEMAND);
            assertThat(across.getLong((2 << 20) - 8)).isEqualTo((1L << 32) - 8);
            assertThat(across.getLong(0)).isZero();
            reader.verifyVersion();
        }
        long questions = questions();
        assertThat(storage.list(tree.child("many")).entries())
                .hasSize(MANY)
                .extracting(Entry::path)
                .doesNotHaveDuplicates()
                .contains(
                        tree.child("many").child("tile-000000.tif"),
                        tree.child("many").child("tile-099999.tif"));
        // pages of 10,000: ten or eleven, and one question each for the collection and its sub-collections
        assertThat(questions() - questions).isBetween(10L, 15L);
    }

    /** Without those of connections that are opened meanwhile. */
    private long questions() {
        return storage.counters().requests("GEN_QUERY");
    }
}
