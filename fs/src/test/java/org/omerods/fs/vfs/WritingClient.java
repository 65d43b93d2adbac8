package org.omerods.fs.vfs;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.omerods.fs.vfs.Answer.Failed;

/** The changing half of a kernel as far as a test needs one. Paths are from the root, without a slash in front. */
final class WritingClient {
    static final int O_WRONLY = 1;
    static final int O_RDWR = 2;
    static final int O_EXCL = 0200;
    static final int O_TRUNC = 01000;

    private final Filesystem filesystem;
    private final Client client;

    WritingClient(Filesystem filesystem) {
        this.filesystem = filesystem;
        this.client = new Client(filesystem);
    }

    Client reading() {
        return client;
    }

    private Place place(String path) throws Failed {
        int slash = path.lastIndexOf('/');
        long parent = slash < 0
                ? Filesystem.ROOT_INODE
                : client.walk(path.substring(0, slash)).inode();
        return new Place(parent, path.substring(slash + 1));
    }

    CreatedFile create(String path, int flags) throws Failed {
        return create(path, flags, 0644);
    }

    CreatedFile create(String path, int flags, int permissions) throws Failed {
        Place place = place(path);
        Answer<CreatedFile> answer = new Answer<>();
        filesystem.create(new TestRequest(), place.parent(), place.name(), flags, permissions, answer);
        return answer.get();
    }

    OpenedFile create(String path) throws Failed {
        return create(path, O_RDWR | O_EXCL).file();
    }

    OpenedFile open(String path, int flags) throws Failed {
        return client.open(client.walk(path).inode(), flags);
    }

    int write(OpenedFile file, long offset, byte[] bytes) throws Failed {
        return startWrite(file, offset, bytes).get();
    }

    Answer<Integer> startWrite(OpenedFile file, long offset, byte[] bytes) {
        Answer<Integer> answer = new Answer<>();
        try (Arena arena = Arena.ofConfined()) {
            // Valid during the call only, as the buffer of the device is.
            MemorySegment data = arena.allocate(Math.max(1, bytes.length)).asSlice(0, bytes.length);
            data.copyFrom(MemorySegment.ofArray(bytes));
            filesystem.write(new TestRequest(), file.handle(), offset, data, answer);
        }
        return answer;
    }

    int write(OpenedFile file, long offset, String text) throws Failed {
        return write(file, offset, text.getBytes(StandardCharsets.UTF_8));
    }

    void flush(OpenedFile file) throws Failed {
        startFlush(file).get();
    }

    Answer<Done> startFlush(OpenedFile file) {
        Answer<Done> answer = new Answer<>();
        filesystem.flush(new TestRequest(), file.handle(), answer);
        return answer;
    }

    void synchronize(OpenedFile file) throws Failed {
        Answer<Done> answer = new Answer<>();
        filesystem.synchronize(new TestRequest(), file.handle(), answer);
        answer.get();
    }

    /** Closes as a program does: the flush is told, the release is not. */
    void close(OpenedFile file) throws Failed {
        try {
            flush(file);
        } finally {
            filesystem.release(file.handle());
        }
    }

    /** A whole file. */
    void put(String path, String text) throws Failed {
        OpenedFile file = create(path, O_WRONLY | O_TRUNC).file();
        write(file, 0, text);
        close(file);
    }

    /** All of a file as a program would read it. */
    String text(String path) throws Failed {
        OpenedFile file = client.open(path);
        try {
            return text(file, (int) client.walk(path).size());
        } finally {
            client.release(file);
        }
    }

    String text(OpenedFile file, int size) throws Failed {
        return new String(client.read(file, 0, size), StandardCharsets.UTF_8);
    }

    TimedAttributes change(long inode, AttributeChange change) throws Failed {
        Answer<TimedAttributes> answer = new Answer<>();
        filesystem.change(new TestRequest(), inode, change, answer);
        return answer.get();
    }

    void truncate(String path, long size) throws Failed {
        change(client.walk(path).inode(), size(size, OptionalLong.empty()));
    }

    void truncate(OpenedFile file, String path, long size) throws Failed {
        change(client.walk(path).inode(), size(size, OptionalLong.of(file.handle())));
    }

    private static AttributeChange size(long size, OptionalLong handle) {
        return new AttributeChange(
                OptionalLong.of(size),
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                handle);
    }

    void touch(String path, Instant time) throws Failed {
        AttributeChange change = new AttributeChange(
                OptionalLong.empty(),
                Optional.of(time),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalLong.empty());
        change(client.walk(path).inode(), change);
    }

    void chmod(String path, int permissions) throws Failed {
        AttributeChange change = new AttributeChange(
                OptionalLong.empty(),
                Optional.empty(),
                OptionalInt.of(permissions),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalLong.empty());
        change(client.walk(path).inode(), change);
    }

    void allocate(OpenedFile file, int mode, long offset, long length) throws Failed {
        Answer<Done> answer = new Answer<>();
        filesystem.allocate(new TestRequest(), file.handle(), mode, offset, length, answer);
        answer.get();
    }

    Attributes makeDirectory(String path) throws Failed {
        return makeDirectory(path, 0755);
    }

    Attributes makeDirectory(String path, int permissions) throws Failed {
        Place place = place(path);
        Answer<Child> answer = new Answer<>();
        filesystem.makeDirectory(new TestRequest(), place.parent(), place.name(), permissions, answer);
        return Objects.requireNonNull(answer.get().attributes());
    }

    void removeFile(String path) throws Failed {
        Place place = place(path);
        Answer<Done> answer = new Answer<>();
        filesystem.removeFile(new TestRequest(), place.parent(), place.name(), answer);
        answer.get();
    }

    void removeDirectory(String path) throws Failed {
        Place place = place(path);
        Answer<Done> answer = new Answer<>();
        filesystem.removeDirectory(new TestRequest(), place.parent(), place.name(), answer);
        answer.get();
    }

    void rename(String from, String to) throws Failed {
        rename(from, to, true);
    }

    Answer<Done> startRename(String from, String to) throws Failed {
        Answer<Done> answer = new Answer<>();
        filesystem.rename(new TestRequest(), place(from), place(to), true, answer);
        return answer;
    }

    void rename(String from, String to, boolean replace) throws Failed {
        Answer<Done> answer = new Answer<>();
        filesystem.rename(new TestRequest(), place(from), place(to), replace, answer);
        answer.get();
    }

    Attributes makeLink(String path, String target) throws Failed {
        Place place = place(path);
        Answer<Child> answer = new Answer<>();
        filesystem.makeLink(new TestRequest(), place.parent(), place.name(), target, answer);
        return Objects.requireNonNull(answer.get().attributes());
    }

    String readLink(String path) throws Failed {
        Answer<String> answer = new Answer<>();
        filesystem.readLink(new TestRequest(), client.walk(path).inode(), answer);
        return answer.get();
    }

    void setExtendedAttribute(String path, String name, String value, ExtendedAttributeMode mode) throws Failed {
        Answer<Done> answer = new Answer<>();
        filesystem.setExtendedAttribute(
                new TestRequest(),
                client.walk(path).inode(),
                name,
                value.getBytes(StandardCharsets.UTF_8),
                mode,
                answer);
        answer.get();
    }

    void removeExtendedAttribute(String path, String name) throws Failed {
        Answer<Done> answer = new Answer<>();
        filesystem.removeExtendedAttribute(new TestRequest(), client.walk(path).inode(), name, answer);
        answer.get();
    }

    /** Whether a name leads somewhere. */
    boolean exists(String path) throws Failed {
        try {
            client.walk(path);
            return true;
        } catch (Failed e) {
            if (e.errno == Errno.ENOENT) {
                return false;
            }
            throw e;
        }
    }
}
