package org.omerods.storage.irods;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.omerods.storage.DataObject;
import org.omerods.storage.ObjectReader;
import org.omerods.storage.ObjectReader.Priority;

/** How many connections reads are spread over. */
@Timeout(60)
class IrodsConnectionsTest extends ObjectTest {
    private static final int SIZE = 5 << 20;

    @Test
    void prefetchFromAfarBorrowsWhatOthersDoNotUse() throws Exception {
        byte[] bytes = bytes(SIZE, 50);
        DataObject object = put("far", bytes);
        zone.faults().delayReplies(Duration.ofMillis(10));
        zone.faults().killAgents(); // the new ones are far from the beginning
        prefetch(object, bytes, 1); // so that the distance is known
        prefetch(object, bytes, 24);
        // Of eight connections the second one of demand was never needed, and those of writers were free.
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(zone.statistics().connectionsOpen()).isGreaterThanOrEqualTo(6));
    }

    @Test
    void prefetchFromNearbyNeedsTwo() throws Exception {
        byte[] bytes = bytes(SIZE, 51);
        DataObject object = put("near", bytes);
        long before = zone.statistics().connectionsOpen();
        prefetch(object, bytes, 1); // so that the distance is known
        prefetch(object, bytes, 24);
        assertThat(zone.statistics().connectionsOpen() - before).isBetween(1L, 4L);
    }

    private void prefetch(DataObject object, byte[] bytes, int reads) throws Exception {
        int length = 4 << 20;
        try (ObjectReader reader = storage.open(object);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> all = new ArrayList<>();
            for (int i = 0; i < reads; i++) {
                int offset = i * 1000;
                all.add(threads.submit(() -> {
                    ByteBuffer target = ByteBuffer.allocateDirect(length);
                    return reader.readAndVerify(offset, target, Priority.PREFETCH)
                            && target.flip().equals(ByteBuffer.wrap(bytes, offset, length));
                }));
            }
            for (Future<Boolean> read : all) {
                assertThat(read.get()).isTrue();
            }
        }
    }
}
