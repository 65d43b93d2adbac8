package org.omerods.fs.fuse.dev;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.fs.fuse.FakeFilesystem;
import org.omerods.fs.fuse.linux.Libc;
import org.omerods.fs.vfs.AttributeChange;
import org.omerods.fs.vfs.Errno;
import org.omerods.fs.vfs.Reply;
import org.omerods.fs.vfs.Request;

/** Answers to requests written by hand. A file stands for the device: what is written to it are the answers. */
final class DispatcherTest {
    private static final long UNIQUE = 42;

    @TempDir
    Path directory = Path.of("/nowhere");

    private final RecordingFilesystem filesystem = new RecordingFilesystem();
    private final Dispatcher dispatcher = new Dispatcher(Connection.to(filesystem.asFilesystem()));
    private Path device = Path.of("/nowhere");
    private DeviceChannel channel = new DeviceChannel(-1);

    @BeforeEach
    void openDevice() throws Exception {
        device = Files.createFile(directory.resolve("device"));
        channel = new DeviceChannel(Libc.open(device.toString(), Libc.O_RDWR | Libc.O_CLOEXEC));
    }

    @AfterEach
    void closeDevice() {
        channel.close();
    }

    @Test
    void everyChangeIsAskedOfTheFilesystem() throws Exception {
        Map<Integer, String> methods = Map.ofEntries(
                Map.entry(4, "change"),
                Map.entry(5, "readLink"),
                Map.entry(6, "makeLink"),
                Map.entry(9, "makeDirectory"),
                Map.entry(10, "removeFile"),
                Map.entry(11, "removeDirectory"),
                Map.entry(12, "rename"),
                Map.entry(16, "write"),
                Map.entry(20, "synchronize"),
                Map.entry(25, "flush"),
                Map.entry(35, "create"),
                Map.entry(43, "allocate"),
                Map.entry(45, "rename"));
        for (Map.Entry<Integer, String> method : methods.entrySet()) {
            filesystem.calls.clear();
            send(method.getKey(), UNIQUE, new long[16]);
            assertThat(filesystem.calls).as("opcode %s", method.getKey()).containsExactly(method.getValue());
        }
    }

    @Test
    void anObjectHasOneName() throws Exception {
        for (int opcode : new int[] {13, 51}) {
            assertThat(answerTo(opcode)).as("opcode %s", opcode).isEqualTo(-Errno.EOPNOTSUPP.number());
        }
        assertThat(answerTo(8)).as("a node that is no file").isEqualTo(-Errno.EPERM.number());
    }

    @Test
    void aWriteIsHandedOnWithItsBytes() throws Exception {
        List<Object> seen = new ArrayList<>();
        filesystem.onCall = (method, arguments) -> {
            MemorySegment data = (MemorySegment) arguments[3];
            seen.addAll(List.of(arguments[1], arguments[2], data.byteSize(), data.get(JAVA_LONG, 0)));
            ((Reply<?>) arguments[4]).fail(Errno.ENOSPC);
        };
        send(16, UNIQUE, 7L, 4096L, 8L, 0L, 0L, 0x1122334455667788L);
        assertThat(seen).containsExactly(7L, 4096L, 8L, 0x1122334455667788L);
        assertThat(statusOfFirstAnswer()).isEqualTo(-Errno.ENOSPC.number());
    }

    @Test
    void aRenameWithAnExchangeIsInvalid() throws Exception {
        send(45, UNIQUE, 7L, 2L, 0L);
        assertThat(statusOfFirstAnswer()).isEqualTo(-Errno.EINVAL.number());
        assertThat(filesystem.calls).isEmpty();
    }

    @Test
    void onlyWhatIsSaidToChangeIsChanged() throws Exception {
        List<AttributeChange> changes = new ArrayList<>();
        filesystem.onCall = (method, arguments) -> changes.add((AttributeChange) arguments[2]);
        // size and mtime; then mode alone. The words are those of struct fuse_setattr_in.
        send(4, UNIQUE, 1 << 3 | 1 << 5, 9L, 77L, 0, 0, 1_000_000_000L, 0, 0, 0, 0, 0);
        send(4, UNIQUE, 1L, 9L, 77L, 0, 0, 0, 0, 0, 0100600L << 32, 0, 0);
        assertThat(changes.get(0).size()).hasValue(77);
        assertThat(changes.get(0).modified()).contains(Instant.ofEpochSecond(1_000_000_000));
        assertThat(changes.get(0).ofOwnership()).isFalse();
        assertThat(changes.get(0).handle()).isEmpty();
        assertThat(changes.get(1).permissions()).hasValue(0600);
        assertThat(changes.get(1).size()).isEmpty();
    }

    @Test
    void aFilesystemThatOnlyReadsRefusesEveryChange() throws Exception {
        Dispatcher readOnly = new Dispatcher(Connection.to(new FakeFilesystem()));
        for (int opcode : new int[] {4, 6, 9, 10, 11, 12, 16, 35, 43, 45}) {
            emptyDevice();
            send(readOnly, opcode, UNIQUE, new long[16]);
            assertThat(statusOfFirstAnswer()).as("opcode %s", opcode).isEqualTo(-Errno.EROFS.number());
        }
    }

    @Test
    void operationsThatTheKernelDoesItselfAreNotImplemented() throws Exception {
        for (int opcode : new int[] {31, 32, 33, 37, 39, 40, 46, 47, 48, 49, 52, 53, 54, 4096}) {
            assertThat(answerTo(opcode)).as("opcode %s", opcode).isEqualTo(-Errno.ENOSYS.number());
        }
    }

    @Test
    void theEndIsDone() throws Exception {
        for (int opcode : new int[] {30, 38, 50}) {
            assertThat(answerTo(opcode)).as("opcode %s", opcode).isZero();
        }
    }

    @Test
    void forgetIsNotAnswered() throws Exception {
        send(2, UNIQUE, 7L, 3L);
        assertThat(Files.size(device)).isZero();
        assertThat(filesystem.calls).containsExactly("forget");
    }

    @Test
    void interruptOfAnUnknownRequestIsAskedForAgain() throws Exception {
        assertThat(answerTo(36)).isEqualTo(-Errno.EAGAIN.number());
    }

    @Test
    void interruptRunsTheActionOnce() throws Exception {
        List<String> interrupted = new ArrayList<>();
        filesystem.onCall = (method, arguments) -> {
            if (method.equals("attributes")) {
                ((Request) arguments[0]).onInterrupt(() -> {
                    interrupted.add("interrupted");
                    ((Reply<?>) arguments[2]).fail(Errno.EINTR);
                });
            }
        };
        send(3, UNIQUE);
        assertThat(Files.size(device)).isZero();

        send(36, UNIQUE + 1, UNIQUE);

        assertThat(interrupted).hasSize(1);
        assertThat(statusOfFirstAnswer()).isEqualTo(-Errno.EINTR.number());
        send(36, UNIQUE + 3, UNIQUE);
        assertThat(interrupted).hasSize(1);
    }

    @Test
    void throwingOperationIsAnsweredWithEio() throws Exception {
        filesystem.onCall = (method, arguments) -> {
            throw new StackOverflowError("thrown by the test");
        };
        assertThat(answerTo(3)).isEqualTo(-Errno.EIO.number());
        assertThat(answerTo(14)).isEqualTo(-Errno.EIO.number());
        assertThat(answerTo(28)).isEqualTo(-Errno.EIO.number());
        assertThat(answerTo(18)).isEqualTo(-Errno.EIO.number());
    }

    @Test
    void accessListsAreAnsweredWithoutTheFilesystem() throws Exception {
        // 8 bytes of sizes, then the name, all as 64-bit words in native order
        byte[] name = "system.posix_acl_access\0".getBytes(US_ASCII);
        long[] words = new long[1 + name.length / 8];
        MemorySegment.copy(MemorySegment.ofArray(name), 0, MemorySegment.ofArray(words), 8, name.length);

        send(22, UNIQUE, words);

        assertThat(statusOfFirstAnswer()).isEqualTo(-Errno.EOPNOTSUPP.number());
        assertThat(filesystem.calls).isEmpty();
    }

    /** The error number of the one answer to a request with 64 zero bytes behind its header. */
    private int answerTo(int opcode) throws Exception {
        emptyDevice();
        send(opcode, UNIQUE, 0, 0, 0, 0, 0, 0, 0, 0);
        return statusOfFirstAnswer();
    }

    private void emptyDevice() throws Exception {
        channel.close();
        Files.delete(device);
        openDevice();
    }

    private int statusOfFirstAnswer() throws Exception {
        MemorySegment written = MemorySegment.ofArray(Files.readAllBytes(device));
        assertThat(written.byteSize()).isGreaterThanOrEqualTo(Wire.OUT_HEADER_BYTES);
        assertThat(written.get(JAVA_LONG.withByteAlignment(1), 8)).isEqualTo(UNIQUE);
        return written.get(JAVA_INT.withByteAlignment(1), 4);
    }

    private void send(int opcode, long unique, long... body) {
        send(dispatcher, opcode, unique, body);
    }

    private void send(Dispatcher dispatcher, int opcode, long unique, long... body) {
        int length = Incoming.HEADER_BYTES + body.length * Long.BYTES;
        MemorySegment request = Arena.ofAuto().allocate(length, 8);
        request.set(JAVA_INT, 0, length);
        request.set(JAVA_INT, 4, opcode);
        request.set(JAVA_LONG, 8, unique);
        request.set(JAVA_LONG, 16, 5);
        for (int i = 0; i < body.length; i++) {
            request.set(JAVA_LONG, Incoming.HEADER_BYTES + (long) i * Long.BYTES, body[i]);
        }
        dispatcher.dispatch(channel, new Incoming(request));
    }
}
