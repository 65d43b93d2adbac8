package org.omerods.fs.fuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.omerods.fs.vfs.Errno;

/** What programs read through a mount, whatever driver serves it. */
abstract class MountContractIT extends MountedTest {
    private static final int MIB = 1 << 20;

    /** The largest read that reaches the filesystem. */
    abstract int largestRequest();

    @Test
    void wholeFileIsTheSameBytes() throws IOException {
        byte[] content = content(5 * MIB + 123);
        filesystem.file(filesystem.root, "a.svs", content);
        filesystem.file(filesystem.root, "empty", new byte[0]);
        mount();

        assertThat(Files.readAllBytes(mountPoint.resolve("a.svs"))).isEqualTo(content);
        assertThat(Files.readAllBytes(mountPoint.resolve("empty"))).isEmpty();
    }

    @Test
    void readsAtAnyOffsetAreRight() throws IOException {
        byte[] content = content(3 * MIB + 17);
        filesystem.file(filesystem.root, "a", content);
        mount();
        Random random = new Random(SEED);

        try (FileChannel channel = FileChannel.open(mountPoint.resolve("a"))) {
            for (int i = 0; i < 300; i++) {
                int offset = random.nextInt(content.length);
                ByteBuffer buffer = ByteBuffer.allocate(1 + random.nextInt(200_000));
                int got = channel.read(buffer, offset);
                assertThat(got).isEqualTo(Math.min(buffer.capacity(), content.length - offset));
                assertThat(Arrays.equals(buffer.array(), 0, got, content, offset, offset + got))
                        .as("bytes at %s, length %s", offset, got)
                        .isTrue();
            }
        }
    }

    @Test
    void readAtAndBehindTheEndIsEmpty() throws IOException {
        filesystem.file(filesystem.root, "a", content(10_000));
        mount();

        try (FileChannel channel = FileChannel.open(mountPoint.resolve("a"))) {
            assertThat(channel.read(ByteBuffer.allocate(100), 9_950)).isEqualTo(50);
            assertThat(channel.read(ByteBuffer.allocate(100), 10_000)).isEqualTo(-1);
            assertThat(channel.read(ByteBuffer.allocate(100), 1L << 40)).isEqualTo(-1);
        }
    }

    @Test
    void sequentialReadsComeInLargestRequests() throws Exception {
        filesystem.file(filesystem.root, "a", content(16 * MIB));
        mount();

        Shell.check("dd", "if=" + mountPoint.resolve("a"), "of=/dev/null", "bs=1M");

        assertThat(filesystem.largestRead.get()).isEqualTo(largestRequest());
    }

    @Test
    void readsAreReleasedOnceEach() throws IOException {
        filesystem.file(filesystem.root, "a", content(4 * MIB));
        Mount mount = mount();

        Files.readAllBytes(mountPoint.resolve("a"));
        mount.unmount(false);

        assertThat(filesystem.releasedReads.get()).isPositive().isEqualTo(filesystem.answeredReads.get());
    }

    @Test
    void mappedFileIsTheSameBytes() throws Exception {
        byte[] content = content(2 * MIB + 5);
        filesystem.file(filesystem.root, "a", content);
        mount();

        String printed = Shell.check(
                Shell.java(MappedReader.class, mountPoint.resolve("a").toString()));

        byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
        assertThat(printed.strip()).isEqualTo(HexFormat.of().formatHex(digest));
    }

    @Test
    void manyReadersAtOnceAllGetTheirBytes() throws Exception {
        byte[] content = content(8 * MIB);
        FakeNode file = filesystem.file(filesystem.root, "a", content);
        // answers come from other threads and out of order
        ExecutorService answering = Executors.newVirtualThreadPerTaskExecutor();
        file.read = (request, offset, size, reply) ->
                answering.execute(() -> reply.ok(filesystem.slice(file, offset, size)));
        mount();

        try (answering;
                ExecutorService readers = Executors.newFixedThreadPool(8)) {
            List<Future<?>> results = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                long seed = SEED + i;
                results.add(readers.submit(() -> readRandomly(content, seed)));
            }
            for (Future<?> result : results) {
                result.get(60, TimeUnit.SECONDS);
            }
        }
    }

    private boolean readRandomly(byte[] content, long seed) throws IOException {
        Random random = new Random(seed);
        try (FileChannel channel = FileChannel.open(mountPoint.resolve("a"))) {
            for (int i = 0; i < 100; i++) {
                int offset = random.nextInt(content.length - 65_536);
                ByteBuffer buffer = ByteBuffer.allocate(65_536);
                assertThat(channel.read(buffer, offset)).isEqualTo(65_536);
                assertThat(Arrays.equals(buffer.array(), 0, 65_536, content, offset, offset + 65_536))
                        .as("bytes at %s, seed %s", offset, seed)
                        .isTrue();
            }
        }
        return true;
    }

    @Test
    void slowReadHoldsUpNoOther() throws Exception {
        FakeNode slow = filesystem.file(filesystem.root, "slow", content(100));
        filesystem.file(filesystem.root, "fast", content(200));
        CountDownLatch release = new CountDownLatch(1);
        slow.read = (request, offset, size, reply) -> Thread.startVirtualThread(() -> {
            awaitQuietly(release);
            reply.ok(filesystem.slice(slow, offset, size));
        });
        mount();

        Process waiting = Shell.start("cat", mountPoint.resolve("slow").toString());
        try {
            await().until(() -> filesystem.count("read") == 1);
            assertThat(Files.readAllBytes(mountPoint.resolve("fast"))).hasSize(200);
            assertThat(waiting.isAlive()).isTrue();
        } finally {
            release.countDown();
        }
        assertThat(waiting.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void failingReadIsAnErrorAndTheNextOneWorks() throws IOException {
        byte[] content = content(100_000);
        FakeNode file = filesystem.file(filesystem.root, "a", content);
        file.read = (request, offset, size, reply) -> reply.fail(Errno.EIO);
        mount();

        assertThatThrownBy(() -> Files.readAllBytes(mountPoint.resolve("a")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Input/output error");
        file.read = null;
        assertThat(Files.readAllBytes(mountPoint.resolve("a"))).isEqualTo(content);
    }

    @Test
    void throwingFilesystemIsAnErrorAndTheMountLives() throws IOException {
        FakeNode file = filesystem.file(filesystem.root, "a", content(100));
        filesystem.ttl = Duration.ZERO;
        mount();

        filesystem.failure = new IllegalStateException("thrown by the test");
        assertThatThrownBy(() -> Files.readAllBytes(mountPoint.resolve("a")))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("Input/output error");
        filesystem.failure = null;
        file.read = (request, offset, size, reply) -> {
            throw new AssertionError("thrown by the test");
        };
        assertThatThrownBy(() -> Files.readAllBytes(mountPoint.resolve("a"))).isInstanceOf(IOException.class);
        file.read = null;
        assertThat(Files.readAllBytes(mountPoint.resolve("a"))).hasSize(100);
    }

    @Test
    void killedReaderIsGoneAtOnce() throws Exception {
        FakeNode slow = filesystem.file(filesystem.root, "slow", content(100));
        CountDownLatch release = new CountDownLatch(1);
        slow.read = (request, offset, size, reply) -> Thread.startVirtualThread(() -> {
            awaitQuietly(release);
            reply.ok(filesystem.slice(slow, offset, size));
        });
        mount();

        Process reader = Shell.start("dd", "if=" + mountPoint.resolve("slow"), "of=/dev/null");
        try {
            await().until(() -> filesystem.count("read") == 1);
            reader.destroyForcibly();
            assertThat(reader.waitFor(2, TimeUnit.SECONDS)).isTrue();
        } finally {
            release.countDown();
        }
        await().until(() -> filesystem.handles.isEmpty());
    }

    @Test
    void keptPageCacheIsReadWithoutTheFilesystem() throws IOException {
        FakeNode file = filesystem.file(filesystem.root, "a", content(MIB));
        mount();

        Files.readAllBytes(mountPoint.resolve("a"));
        long reads = filesystem.count("read");
        Files.readAllBytes(mountPoint.resolve("a"));
        assertThat(filesystem.count("read")).isEqualTo(reads);

        file.keepCache = false;
        Files.readAllBytes(mountPoint.resolve("a"));
        assertThat(filesystem.count("read")).isGreaterThan(reads);
    }
}
