package org.omerods.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

final class RandomReadersTest {
    private final Queue<Long> read = new ConcurrentLinkedQueue<>();

    private Load run(int readers, int maxReads) throws Exception {
        RandomReaders.Task task = new RandomReaders.Task(4096 * 100, 4096, readers, maxReads, 60, 7);
        return RandomReaders.run(task, () -> new RandomReaders.Reader() {
            @Override
            public void at(long offset, int length) {
                read.add(offset);
            }

            @Override
            public void close() {
                // nothing is open
            }
        });
    }

    @Test
    void noPlaceIsReadTwiceByWhomever() throws Exception {
        Load load = run(8, 1_000);

        assertThat(read).hasSize(100).doesNotHaveDuplicates().allMatch(offset -> offset % 4096 == 0);
        assertThat(load.bytes()).isEqualTo(4096 * 100);
        assertThat(load.nanos()).hasSize(100);
    }

    @Test
    void thereAreNoMoreReadsThanWanted() throws Exception {
        assertThat(run(3, 10).nanos()).hasSize(10);
    }
}
