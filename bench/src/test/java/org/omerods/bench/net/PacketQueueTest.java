package org.omerods.bench.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class PacketQueueTest {
    private static final int CAPACITY = 6 * TunDevice.MAX_PACKET_BYTES;

    @AutoClose
    private final Arena arena = Arena.ofConfined();

    private final PacketQueue queue = new PacketQueue(arena, CAPACITY);

    /** Puts and takes as a full and an empty network would, around the ring many times. */
    @Test
    void packetsComeOutInOrderWithTheirBytesAndTimes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Deque<Integer> expected = new ArrayDeque<>();
        int number = 0;
        for (int step = 0; step < 20_000; step++) {
            MemorySegment room = random.nextBoolean() ? queue.room() : MemorySegment.NULL;
            if (!room.equals(MemorySegment.NULL)) {
                int length = 8 + random.nextInt(TunDevice.MAX_PACKET_BYTES - 8);
                room.set(ValueLayout.JAVA_INT_UNALIGNED, 0, number);
                room.set(ValueLayout.JAVA_INT_UNALIGNED, length - 4, number);
                queue.put(length, number);
                expected.add(number++);
            } else if (!expected.isEmpty()) {
                MemorySegment packet = queue.first();
                int wanted = expected.remove();
                assertThat(packet.get(ValueLayout.JAVA_INT_UNALIGNED, 0))
                        .as("seed %d, step %d", seed, step)
                        .isEqualTo(wanted);
                assertThat(packet.get(ValueLayout.JAVA_INT_UNALIGNED, packet.byteSize() - 4))
                        .as("seed %d, step %d", seed, step)
                        .isEqualTo(wanted);
                assertThat(queue.firstDue()).isEqualTo(wanted);
                queue.removeFirst();
            }
        }
        assertThat(number).isGreaterThan(1_000);
    }

    @Test
    void aFullRingHasNoRoomUntilAPacketLeaves() {
        int packets = 0;
        while (!queue.room().equals(MemorySegment.NULL)) {
            queue.put(TunDevice.MAX_PACKET_BYTES, 0);
            packets++;
        }
        assertThat(packets).isBetween(3, 6);

        queue.removeFirst();

        assertThat(queue.room()).isNotEqualTo(MemorySegment.NULL);
    }

    @Test
    void waitingForAPacketEndsWithoutOne() {
        assertThat(queue.awaitOne(1_000_000)).isFalse();
    }
}
