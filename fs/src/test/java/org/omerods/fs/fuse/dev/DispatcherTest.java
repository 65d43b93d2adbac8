package org.omerods.fs.fuse.dev;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.fs.fuse.linux.Libc;
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
    void everyModifyingOperationIsRefusedAsReadOnly() throws Exception {
        for (int opcode : new int[] {4, 6, 8, 9, 10, 11, 12, 13, 16, 21, 24, 35, 43, 45, 47, 51, 53}) {
            assertThat(answerTo(opcode)).as("opcode %s", opcode).isEqualTo(-Errno.EROFS.number());
        }
    }

    @Test
    void operationsThatTheKernelDoesItselfAreNotImplemented() throws Exception {
        for (int opcode : new int[] {31, 32, 33, 37, 39, 40, 46, 48, 49, 52, 54, 4096}) {
            assertThat(answerTo(opcode)).as("opcode %s", opcode).isEqualTo(-Errno.ENOSYS.number());
        }
    }

    @Test
    void flushSyncAndEndAreDone() throws Exception {
        for (int opcode : new int[] {20, 25, 30, 38, 50}) {
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
        channel.close();
        Files.delete(device);
        openDevice();
        send(opcode, UNIQUE, 0, 0, 0, 0, 0, 0, 0, 0);
        return statusOfFirstAnswer();
    }

    private int statusOfFirstAnswer() throws Exception {
        MemorySegment written = MemorySegment.ofArray(Files.readAllBytes(device));
        assertThat(written.byteSize()).isGreaterThanOrEqualTo(Wire.OUT_HEADER_BYTES);
        assertThat(written.get(JAVA_LONG.withByteAlignment(1), 8)).isEqualTo(UNIQUE);
        return written.get(JAVA_INT.withByteAlignment(1), 4);
    }

    private void send(int opcode, long unique, long... body) {
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
