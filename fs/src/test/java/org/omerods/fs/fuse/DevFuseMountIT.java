package org.omerods.fs.fuse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.omerods.fs.fuse.dev.DevFuseDriver;
import org.omerods.fs.vfs.Child;
import org.omerods.fs.vfs.Errno;
import org.omerods.fs.vfs.Reply;

/** What only this driver can do, besides the contract. */
final class DevFuseMountIT extends MountContractIT {
    @Override
    FuseDriver driver() {
        return new DevFuseDriver();
    }

    @Override
    int largestRequest() {
        return 1 << 20;
    }

    @Test
    void largeListingTakesNoCallPerEntry() throws Exception {
        FakeNode folder = filesystem.directory(filesystem.root, "folder");
        for (int i = 0; i < 10_000; i++) {
            filesystem.file(folder, "slide-%05d.svs".formatted(i), new byte[0]);
        }
        mount();

        String listing = Shell.check("ls", "-l", mountPoint.resolve("folder").toString());

        assertThat(listing.lines()).hasSize(10_001);
        long calls = filesystem.calls.values().stream()
                .mapToLong(count -> count.sum())
                .sum();
        assertThat(calls).as("%s", filesystem.calls).isLessThan(600);
    }

    @Test
    void keptListingIsReadWithoutTheFilesystem() throws Exception {
        filesystem.file(filesystem.root, "a", content(1));
        mount();
        String first = Shell.check("ls", mountPoint.toString());
        long listings = filesystem.count("readDirectory") + filesystem.count("readDirectoryPlus");

        assertThat(Shell.check("ls", mountPoint.toString())).isEqualTo(first);

        assertThat(filesystem.count("readDirectory") + filesystem.count("readDirectoryPlus"))
                .isEqualTo(listings);
    }

    @Test
    void directFileIsReadAsTheProgramAsks() throws Exception {
        FakeNode file = filesystem.file(filesystem.root, "a", content(100_000));
        file.direct = true;
        mount();

        try (FileChannel channel = FileChannel.open(mountPoint.resolve("a"))) {
            for (int i = 0; i < 3; i++) {
                assertThat(channel.read(ByteBuffer.allocate(1000), 500)).isEqualTo(1000);
            }
        }

        assertThat(filesystem.count("read")).isEqualTo(3);
        assertThat(filesystem.largestRead.get()).isEqualTo(1000);
    }

    @Test
    void killedReaderInterruptsItsRequest() throws Exception {
        FakeNode file = filesystem.file(filesystem.root, "a", content(100));
        file.direct = true;
        file.read = (request, offset, size, reply) -> request.onInterrupt(() -> reply.fail(Errno.EINTR));
        mount();

        Process reader = Shell.start("cat", mountPoint.resolve("a").toString());
        await().until(() -> filesystem.count("read") == 1);
        reader.destroyForcibly();

        assertThat(reader.waitFor(5, TimeUnit.SECONDS)).isTrue();
        await().until(() -> filesystem.handles.isEmpty());
    }

    @Test
    void changedContentIsForgottenByTheKernelWhenTold() throws Exception {
        FakeNode file = filesystem.file(filesystem.root, "a", "old".getBytes(UTF_8));
        mount();
        Path path = mountPoint.resolve("a");
        assertThat(Files.readString(path)).isEqualTo("old");
        file.content = filesystem.memory("longer and new".getBytes(UTF_8));
        assertThat(Files.readString(path)).isEqualTo("old");

        filesystem.kernel.forgetContent(file.inode);

        await().untilAsserted(() -> assertThat(Files.readString(path)).isEqualTo("longer and new"));
    }

    @Test
    void nameThatLeadsElsewhereIsForgottenByTheKernelWhenTold() throws Exception {
        filesystem.file(filesystem.root, "a", content(1));
        mount();
        Path path = mountPoint.resolve("a");
        assertThat(Files.exists(path)).isTrue();
        filesystem.root.children.remove("a");
        assertThat(Files.exists(path)).isTrue();

        filesystem.kernel.forgetEntry(filesystem.root.inode, "a");

        await().until(() -> !Files.exists(path));
    }

    @Test
    void tellingTheKernelWaitsForNobodyWhoHoldsTheDirectory() throws Exception {
        filesystem.file(filesystem.root, "other", content(10));
        BlockingQueue<Reply<Child>> waiting = new LinkedBlockingQueue<>();
        filesystem.lookupActions.put("slow", waiting::add);
        mount();

        String other = mountPoint.resolve("other").toString();
        Shell.check("stat", other);
        // the kernel holds the root's lock while it looks a name up; a name that it knows needs no lock
        Process looker = Shell.start("stat", mountPoint.resolve("slow").toString());
        Reply<Child> reply = waiting.poll(10, TimeUnit.SECONDS);
        assertThat(reply).isNotNull();
        try {
            for (int i = 0; i < 100; i++) {
                filesystem.kernel.forgetEntry(filesystem.root.inode, "name-" + i);
            }
            Shell.check("dd", "if=" + other, "of=/dev/null");
        } finally {
            reply.ok(Child.missing(Duration.ZERO));
        }

        assertThat(looker.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void secondAnswerIsIgnored() throws Exception {
        byte[] content = content(1000);
        FakeNode file = filesystem.file(filesystem.root, "a", content);
        file.read = (request, offset, size, reply) -> {
            reply.ok(filesystem.slice(file, offset, size));
            reply.fail(Errno.EIO);
            reply.ok(filesystem.slice(file, 0, 1));
        };
        mount();

        assertThat(Files.readAllBytes(mountPoint.resolve("a"))).isEqualTo(content);
        // the program has its bytes before the second answer is given
        await().untilAsserted(() ->
                assertThat(filesystem.releasedReads.get()).isPositive().isEqualTo(filesystem.answeredReads.get()));
    }

    @Test
    void answerThatIsTooLongIsAnError() throws Exception {
        FakeNode file = filesystem.file(filesystem.root, "a", content(1000));
        file.direct = true;
        file.read = (request, offset, size, reply) -> reply.ok(filesystem.slice(file, 0, size + 1));
        mount();

        Shell.Outcome outcome = Shell.run("dd", "if=" + mountPoint.resolve("a"), "bs=100", "count=1");

        assertThat(outcome.exit()).isNotZero();
        assertThat(outcome.complaints()).contains("Input/output error");
    }
}
