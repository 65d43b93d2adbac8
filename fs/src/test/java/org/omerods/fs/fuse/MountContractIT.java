package org.omerods.fs.fuse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
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
import org.omerods.fs.fuse.FakeFilesystem.Node;
import org.omerods.fs.fuse.linux.Libc;
import org.omerods.fs.vfs.Errno;
import org.omerods.storage.NameCodec;

/** What programs see through a mount, whatever driver serves it. */
abstract class MountContractIT extends MountedTest {
    private static final int MIB = 1 << 20;

    /** The largest read that reaches the filesystem. */
    abstract int largestRequest();

    /** Whether a name that is not UTF-8 comes back from the kernel as it went there. */
    boolean opensNamesThatAreNotUtf8() {
        return true;
    }

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
        Node file = filesystem.file(filesystem.root, "a", content);
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
        Node slow = filesystem.file(filesystem.root, "slow", content(100));
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
    void oddNamesAreListedAndOpened() throws Exception {
        byte[] broken = {'x', (byte) 0xff, (byte) 0xc3, 'y'};
        List<String> names = List.of(
                "with 'quotes' \"double\"",
                "new\nline",
                "tab\tback\\slash %_*?[",
                "\u00e4\u00f6\u65e5\u672c\ud83d\udd2c",
                "-rf",
                "a".repeat(255),
                NameCodec.decode(broken));
        for (String name : names) {
            filesystem.file(filesystem.root, name, NameCodec.encode(name));
        }
        mount();

        String listed = Shell.run("find", mountPoint.toString(), "-type", "f", "-printf", "%f\\0")
                .output();
        List<String> expected = names.stream()
                .map(name -> new String(NameCodec.encode(name), ISO_8859_1))
                .toList();
        assertThat(listed.split("\0")).containsExactlyInAnyOrderElementsOf(expected);
        // each file holds its own name
        for (String name : names) {
            if (opensNamesThatAreNotUtf8() || name.codePoints().noneMatch(c -> c >= 0xdc80 && c <= 0xdcff)) {
                assertThat(contentOf(name)).as("%s", name).isEqualTo(new String(NameCodec.encode(name), ISO_8859_1));
            }
        }
    }

    /** By a shell that makes the name from its bytes: the JVM's own idea of names depends on the locale. */
    private String contentOf(String name) throws Exception {
        StringBuilder octal = new StringBuilder();
        for (byte b : NameCodec.encode(name)) {
            octal.append("\\0%03o".formatted(b & 0xff));
        }
        return Shell.check("sh", "-c", "cat \"$1/$(printf %b \"$2\")\"", "sh", mountPoint.toString(), octal.toString());
    }

    @Test
    void missingNameIsNotFoundAndRemembered() throws IOException {
        mount();

        assertThat(Files.exists(mountPoint.resolve("missing"))).isFalse();
        long lookups = filesystem.count("lookup");
        assertThat(Files.exists(mountPoint.resolve("missing"))).isFalse();

        assertThat(filesystem.count("lookup")).isEqualTo(lookups);
    }

    @Test
    void attributesAreThoseOfTheFilesystem() throws IOException {
        Node folder = filesystem.directory(filesystem.root, "folder");
        Node file = filesystem.file(folder, "a", content(1234));
        mount();

        Path path = mountPoint.resolve("folder/a");
        assertThat(Files.size(path)).isEqualTo(1234);
        assertThat(Files.getLastModifiedTime(path).toInstant()).isEqualTo(FakeFilesystem.MODIFIED);
        assertThat(Files.getAttribute(path, "unix:ino")).isEqualTo(file.inode);
        assertThat((int) Files.getAttribute(path, "unix:mode")).isEqualTo(0100444);
        assertThat((int) Files.getAttribute(path.getParent(), "unix:mode")).isEqualTo(040555);
    }

    @Test
    void extendedAttributesAreReadWhateverTheirSize() throws IOException {
        Node file = filesystem.file(filesystem.root, "a", content(1));
        byte[] large = content(20_000);
        file.extended.put("user.irods.path", "/tempZone/home/a".getBytes(UTF_8));
        file.extended.put("user.large", large);
        file.extended.put("user.empty", new byte[0]);
        mount();

        UserDefinedFileAttributeView view =
                Files.getFileAttributeView(mountPoint.resolve("a"), UserDefinedFileAttributeView.class);
        assertThat(view.list()).containsExactly("empty", "irods.path", "large");
        ByteBuffer value = ByteBuffer.allocate(view.size("large"));
        view.read("large", value);
        assertThat(value.array()).isEqualTo(large);
        assertThat(view.size("empty")).isZero();
        assertThatThrownBy(() -> view.read("irods.path", ByteBuffer.allocate(3)))
                .hasMessageContaining("Insufficient space");
        assertThatThrownBy(() -> view.size("missing")).hasMessageContaining("No data available");
    }

    @Test
    void extendedAttributesAreShownByGetfattr() throws Exception {
        assumeTrue(Shell.has("getfattr"), "needs getfattr (package attr)");
        Node file = filesystem.file(filesystem.root, "a", content(1));
        file.extended.put("user.irods.avu.stain", "H&E".getBytes(UTF_8));
        mount();

        assertThat(Shell.check("getfattr", "-d", mountPoint.resolve("a").toString()))
                .contains("user.irods.avu.stain=\"H&E\"");
    }

    @Test
    void filesystemStatisticsAreShown() throws Exception {
        mount();

        assertThat(Shell.check("stat", "-f", "-c", "%s %b %f %a %c %d %l", mountPoint.toString())
                        .strip())
                .isEqualTo("4096 1000 400 400 77 66 255");
    }

    @Test
    void everyWriteIsRefusedAsReadOnly() throws Exception {
        filesystem.file(filesystem.root, "a", content(10));
        filesystem.directory(filesystem.root, "d");
        mount();
        String a = mountPoint.resolve("a").toString();
        String fresh = mountPoint.resolve("fresh").toString();

        for (String[] command : new String[][] {
            {"touch", a},
            {"touch", fresh},
            {"mkdir", fresh},
            {"rm", "-f", a},
            {"rmdir", mountPoint.resolve("d").toString()},
            {"mv", a, fresh},
            {"truncate", "-s", "0", a},
            {"ln", a, fresh},
            {"ln", "-s", a, fresh},
            {"chmod", "600", a},
            {"mkfifo", fresh},
            {"sh", "-c", "echo x >> \"$1\"", "sh", a}
        }) {
            Shell.Outcome outcome = Shell.run(command);
            assertThat(outcome.exit()).as("%s", List.of(command)).isNotZero();
            assertThat(outcome.complaints()).as("%s", List.of(command)).contains("Read-only file system");
        }
    }

    @Test
    void accessIsAllowedForReadingOnly() throws IOException {
        filesystem.file(filesystem.root, "a", content(10));
        mount();

        assertThat(Files.isReadable(mountPoint.resolve("a"))).isTrue();
        assertThat(Files.isWritable(mountPoint.resolve("a"))).isFalse();
    }

    @Test
    void errorsReachTheProgramAsTheyAre() throws IOException {
        for (Errno errno : Errno.values()) {
            filesystem.lookupFailures.put("refused-" + errno, errno);
        }
        mount();

        for (Errno errno : Errno.values()) {
            // ESTALE makes the kernel look once more, and then is the answer
            assertThat(Libc.exists(mountPoint + "/refused-" + errno))
                    .as("%s", errno)
                    .isEqualTo(-errno.number());
        }
    }

    @Test
    void failingReadIsAnErrorAndTheNextOneWorks() throws IOException {
        byte[] content = content(100_000);
        Node file = filesystem.file(filesystem.root, "a", content);
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
        Node file = filesystem.file(filesystem.root, "a", content(100));
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
        Node slow = filesystem.file(filesystem.root, "slow", content(100));
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
        Node file = filesystem.file(filesystem.root, "a", content(MIB));
        mount();

        Files.readAllBytes(mountPoint.resolve("a"));
        long reads = filesystem.count("read");
        Files.readAllBytes(mountPoint.resolve("a"));
        assertThat(filesystem.count("read")).isEqualTo(reads);

        file.keepCache = false;
        Files.readAllBytes(mountPoint.resolve("a"));
        assertThat(filesystem.count("read")).isGreaterThan(reads);
    }

    @Test
    void handlesAreReleased() throws IOException {
        filesystem.file(filesystem.root, "a", content(10));
        mount();

        Files.readAllBytes(mountPoint.resolve("a"));
        assertThat(mountPoint.toFile().list()).containsExactly("a");

        await().until(() -> filesystem.handles.isEmpty());
    }

    @Test
    void forgottenReferencesReturnToZero() throws Exception {
        Node folder = filesystem.directory(filesystem.root, "folder");
        for (int i = 0; i < 500; i++) {
            filesystem.file(folder, "f" + i, content(10));
        }
        mount();
        Shell.check("ls", "-lR", mountPoint.toString());
        Files.readAllBytes(mountPoint.resolve("folder/f7"));

        await().atMost(Duration.ofSeconds(20)).until(() -> {
            dropKernelCaches();
            return filesystem.heldReferences() == 0;
        });
        assertThat(filesystem.references.values()).allMatch(count -> count.get() == 0);
    }
}
