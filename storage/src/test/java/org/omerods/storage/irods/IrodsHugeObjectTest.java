package org.omerods.storage.irods;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.omerods.storage.DataObject;
import org.omerods.storage.ObjectReader;
import org.omerods.storage.ObjectReader.Priority;
import org.omerods.storage.ObjectWriter;
import org.omerods.storage.Storage.WriteMode;

/** Offsets that do not fit into 31, 32, 33 or 34 bits, in an object of 20 GB that is nearly all hole. */
@Timeout(120)
class IrodsHugeObjectTest extends ZoneTest {
    private static final long SIZE = 20_000_000_000L;
    private static final long[] BORDERS = {
        0, (1L << 31) - 8, (1L << 32) - 8, (1L << 33) - 8, (1L << 34) - 8, 17_000_000_000L, SIZE - 16
    };

    @Override
    IrodsConfig.Builder config() {
        return super.config().checksum("none"); // the server would read all of it
    }

    @Test
    void bytesOnBothSidesOfEveryBorderAreRight() throws Exception {
        DataObject huge;
        try (ObjectWriter writer = storage.write(home.child("huge"), WriteMode.CREATE)) {
            for (long border : BORDERS) {
                writer.write(
                        border,
                        ByteBuffer.allocate(16).putLong(border).putLong(~border).flip());
            }
            huge = writer.commit();
        }
        assertThat(huge.size()).isEqualTo(SIZE);
        try (ObjectReader reader = storage.open(huge)) {
            for (long border : BORDERS) {
                ByteBuffer target = ByteBuffer.allocate(16);
                reader.read(border, target, Priority.DEMAND);
                target.flip();
                assertThat(target.getLong()).isEqualTo(border);
                assertThat(target.getLong()).isEqualTo(~border);
            }
            ByteBuffer across = ByteBuffer.allocate(3 << 20);
            reader.read((1L << 32) - (2 << 20), across, Priority.PREFETCH);
            assertThat(across.getLong((2 << 20) - 8)).isEqualTo((1L << 32) - 8);
            assertThat(across.getLong(2 << 20)).isEqualTo(~((1L << 32) - 8));
            assertThat(across.getLong((2 << 20) + 8)).isZero();
            reader.verifyVersion();
        }
    }
}
