package org.omerods.fs.fuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.omerods.fs.vfs.Errno;

/** How mounts begin and end, whatever driver serves them. */
abstract class MountLifeContractIT extends MountedTest {
    @Test
    void mountShowsItsSourceAndType() throws IOException {
        Mount mount = mount();

        MountTable.Entry entry = MountTable.read().at(mount.mountPoint()).orElseThrow();
        assertThat(entry.type()).isEqualTo("fuse.omerods");
        assertThat(entry.source()).isEqualTo("fake,with\\odd source");
        assertThat(entry.isOmerods()).isTrue();
        assertThat(mount.driver()).isEqualTo(driver().name());
        assertThat(MountProbe.probe(mount.mountPoint(), Duration.ofSeconds(5))).isEqualTo(MountProbe.Health.ANSWERS);
    }

    @Test
    void missingMountPointIsRefusedWithARemedy() {
        mountPoint = directory.resolve("missing");

        assertThatThrownBy(this::mount)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(mountPoint.toString())
                .hasMessageContaining("mkdir -p");
    }

    @Test
    void fileAsMountPointIsRefused() throws IOException {
        mountPoint = Files.createFile(directory.resolve("file"));

        assertThatThrownBy(this::mount).hasMessageContaining("not a directory");
    }

    @Test
    void secondMountAtTheSamePlaceIsRefused() throws IOException {
        mount();

        assertThatThrownBy(() -> driver().mount(new FakeFilesystem(), mountPoint, MountOptions.of("second")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("already mounted");
    }

    @Test
    void mountPointBehindASymbolicLinkIsUnmountedToo() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), mountPoint);
        Path real = mountPoint.toRealPath();
        mountPoint = link;

        Mount mount = mount();
        assertThat(mount.mountPoint()).isEqualTo(real);
        mount.close();

        assertThat(MountTable.read().at(real)).isEmpty();
    }

    @Test
    void rootThatFailsIsNotMounted() throws IOException {
        filesystem.failure = new IllegalStateException("thrown by the test");

        assertThatThrownBy(this::mount).isInstanceOf(Exception.class);

        assertThat(MountTable.read().at(mountPoint.toRealPath())).isEmpty();
    }

    @Test
    void unmountFromTheShellEndsTheWait() throws Exception {
        Mount mount = mount();
        CompletableFuture<Boolean> ended = CompletableFuture.supplyAsync(() -> {
            try {
                mount.awaitUnmounted();
                return true;
            } catch (InterruptedException e) {
                return false;
            }
        });

        assertThat(ended).isNotDone();
        Shell.check("umount", mountPoint.toString());

        assertThat(ended.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void unmountWhileBusyNamesTheProgramAndItsFile() throws Exception {
        filesystem.file(filesystem.root, "held", content(10));
        Mount mount = mount();
        Process holder = Shell.start("sh", "-c", "exec 3< \"$1\"; echo ready; sleep 100", "sh", mountPoint + "/held");
        try {
            await().until(() -> !filesystem.handles.isEmpty());

            assertThatThrownBy(() -> mount.unmount(false))
                    .isInstanceOf(MountBusyException.class)
                    .hasMessageContaining(mountPoint.toString())
                    .hasMessageContaining("pid " + holder.pid())
                    .hasMessageContaining("held");
            assertThat(MountTable.read().at(mountPoint)).isPresent();
        } finally {
            end(holder);
        }
        await().untilAsserted(() -> mount.unmount(false));
        assertThat(MountTable.read().at(mountPoint)).isEmpty();
    }

    private static void end(Process process) throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void lazyUnmountServesWhatIsOpenUntilItIsClosed() throws Exception {
        byte[] content = content(1 << 20);
        filesystem.file(filesystem.root, "a", content);
        Mount mount = mount();

        try (FileChannel channel = FileChannel.open(mountPoint.resolve("a"))) {
            mount.unmount(true);
            assertThat(MountTable.read().at(mountPoint)).isEmpty();
            assertThat(mountPoint.toFile().list()).isEmpty();
            ByteBuffer buffer = ByteBuffer.allocate(content.length);
            while (buffer.hasRemaining() && channel.read(buffer) > 0) {}
            assertThat(buffer.array()).isEqualTo(content);
        }
        mount.awaitUnmounted();
    }

    @Test
    void unmountTwiceAndCloseTwiceAreHarmless() throws IOException {
        Mount mount = mount();

        mount.unmount(false);
        mount.unmount(false);
        mount.close();
        mount.close();

        assertThat(MountTable.read().at(mountPoint)).isEmpty();
    }

    @Test
    void endedMountLeavesALaterMountAtItsPlaceAlone() throws Exception {
        Mount first = mount();
        Shell.check("umount", mountPoint.toString());
        first.awaitUnmounted();
        Mount second = mount(); // gets the device number of the first again

        first.unmount(true);
        first.close();

        assertThat(MountTable.read().at(mountPoint)).isPresent();
        second.close();
    }

    @Test
    void threadsEndWithTheMount() throws IOException {
        for (int i = 0; i < 5; i++) {
            driver().mount(filesystem, mountPoint, MountOptions.of("again")).close();
        }

        await().untilAsserted(() -> assertThat(fuseThreads()).isEmpty());
    }

    private static List<String> fuseThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("fuse-") || name.startsWith("mount-probe"))
                .toList();
    }

    @Test
    void mountOfAKilledProgramIsCleanedAtTheNextMount() throws Exception {
        filesystem.file(filesystem.root, "mine", content(10));
        Process daemon = startDaemon();
        daemon.destroyForcibly();
        assertThat(daemon.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(MountTable.read().at(mountPoint)).isPresent();
        assertThat(MountProbe.probe(mountPoint, Duration.ofSeconds(5))).isEqualTo(MountProbe.Health.DEAD);
        assertThat(StaleMounts.find()).extracting(MountTable.Entry::mountPoint).containsOnlyOnce(mountPoint.toString());

        Mount mount = mount();

        assertThat(mountPoint.toFile().list()).containsExactly("mine");
        mount.close();
        assertThat(MountTable.read().at(mountPoint)).isEmpty();
    }

    @Test
    void livingMountIsNotTakenForStale() throws Exception {
        Process daemon = startDaemon();
        try {
            assertThat(StaleMounts.cleanAt(mountPoint)).isFalse();
            assertThat(Files.readString(mountPoint.resolve("a"))).isEqualTo(KilledDaemon.CONTENT);
        } finally {
            Shell.check("umount", "-l", mountPoint.toString());
        }
        assertThat(daemon.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(daemon.exitValue()).isZero();
    }

    private Process startDaemon() throws IOException {
        Process daemon = new ProcessBuilder(Shell.java(KilledDaemon.class, driver().name(), mountPoint.toString()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader output = daemon.inputReader();
        String line = output.readLine();
        while (line != null && !line.equals("mounted")) {
            line = output.readLine();
        }
        assertThat(line).isEqualTo("mounted");
        return daemon;
    }

    @Test
    void closeDoesNotWaitForAReadThatHangs() throws Exception {
        FakeNode file = filesystem.file(filesystem.root, "hangs", content(10));
        CountDownLatch release = new CountDownLatch(1);
        file.read = (request, offset, size, reply) -> Thread.startVirtualThread(() -> {
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            reply.fail(Errno.EIO);
        });
        Mount mount = mount();
        Process reader = Shell.start("cat", mountPoint.resolve("hangs").toString());
        try {
            await().until(() -> filesystem.count("read") > 0);
            long start = System.nanoTime();
            mount.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
            assertThat(reader.waitFor(5, TimeUnit.SECONDS)).isTrue();
            assertThat(reader.exitValue()).isNotZero();
            assertThat(MountTable.read().at(mountPoint)).isEmpty();
        } finally {
            release.countDown();
            end(reader);
        }
    }
}
