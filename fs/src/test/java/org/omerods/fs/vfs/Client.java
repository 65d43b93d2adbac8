package org.omerods.fs.vfs;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.omerods.fs.vfs.Answer.Failed;

/** A kernel as far as a test needs one: asks, waits, and gives back what it was lent. */
final class Client {
    /** An entry of a directory. */
    record Listed(String name, long nextOffset, Child child) {
        Attributes attributes() {
            return Objects.requireNonNull(child.attributes());
        }
    }

    private final Filesystem filesystem;

    Client(Filesystem filesystem) {
        this.filesystem = filesystem;
    }

    Child lookup(long parent, String name) throws Failed {
        Answer<Child> answer = new Answer<>();
        filesystem.lookup(new TestRequest(), parent, name, answer);
        return answer.get();
    }

    /** The attributes of a child that exists. */
    Attributes find(long parent, String name) throws Failed {
        return Objects.requireNonNull(lookup(parent, name).attributes(), name);
    }

    /** The attributes of a path that exists, from the root. */
    Attributes walk(String path) throws Failed {
        Attributes found = attributes(Filesystem.ROOT_INODE).attributes();
        for (String name : path.split("/")) {
            Attributes next = lookup(found.inode(), name).attributes();
            if (next == null) {
                throw new Failed(Errno.ENOENT);
            }
            found = next;
        }
        return found;
    }

    TimedAttributes attributes(long inode) throws Failed {
        Answer<TimedAttributes> answer = new Answer<>();
        filesystem.attributes(new TestRequest(), inode, answer);
        return answer.get();
    }

    Done access(long inode, int mask) throws Failed {
        Answer<Done> answer = new Answer<>();
        filesystem.access(new TestRequest(), inode, mask, answer);
        return answer.get();
    }

    OpenedFile open(long inode) throws Failed {
        return open(inode, 0);
    }

    OpenedFile open(long inode, int flags) throws Failed {
        Answer<OpenedFile> answer = new Answer<>();
        filesystem.open(new TestRequest(), inode, flags, answer);
        return answer.get();
    }

    OpenedFile open(String path) throws Failed {
        return open(walk(path).inode());
    }

    byte[] read(OpenedFile file, long offset, int size) throws Failed {
        Answer<ReadData> answer = startRead(new TestRequest(), file, offset, size);
        return bytesOf(answer.get());
    }

    Answer<ReadData> startRead(Request request, OpenedFile file, long offset, int size) {
        Answer<ReadData> answer = new Answer<>();
        filesystem.read(request, file.handle(), offset, size, answer);
        return answer;
    }

    /** Copies and releases. */
    static byte[] bytesOf(ReadData data) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (MemorySegment segment : data.segments()) {
            bytes.writeBytes(segment.toArray(ValueLayout.JAVA_BYTE));
        }
        data.release().run();
        return bytes.toByteArray();
    }

    void release(OpenedFile file) {
        filesystem.release(file.handle());
    }

    OpenedDirectory openDirectory(long inode) throws Failed {
        Answer<OpenedDirectory> answer = new Answer<>();
        filesystem.openDirectory(new TestRequest(), inode, answer);
        return answer.get();
    }

    /** One readdir with room for {@code room} entries. */
    List<Listed> readDirectory(OpenedDirectory directory, long offset, int room, boolean withAttributes) throws Failed {
        List<Listed> taken = new ArrayList<>();
        Answer<Done> answer = new Answer<>();
        DirectorySink sink = new DirectorySink() {
            @Override
            public boolean withAttributes() {
                return withAttributes;
            }

            @Override
            public boolean offer(String name, long nextOffset, Child child) {
                return taken.size() < room && taken.add(new Listed(name, nextOffset, child));
            }
        };
        filesystem.readDirectory(new TestRequest(), directory.handle(), offset, sink, answer);
        answer.get();
        return taken;
    }

    /** All entries, read with room for {@code room} at a time. */
    List<Listed> list(long inode, int room, boolean withAttributes) throws Failed {
        OpenedDirectory directory = openDirectory(inode);
        List<Listed> all = new ArrayList<>();
        List<Listed> page = readDirectory(directory, 0, room, withAttributes);
        while (!page.isEmpty()) {
            all.addAll(page);
            page = readDirectory(directory, page.getLast().nextOffset(), room, withAttributes);
        }
        filesystem.releaseDirectory(directory.handle());
        return all;
    }

    List<String> extendedAttributes(long inode) throws Failed {
        Answer<List<String>> answer = new Answer<>();
        filesystem.extendedAttributes(new TestRequest(), inode, answer);
        return answer.get();
    }

    String extendedAttribute(long inode, String name) throws Failed {
        Answer<byte[]> answer = new Answer<>();
        filesystem.extendedAttribute(new TestRequest(), inode, name, answer);
        return new String(answer.get(), StandardCharsets.UTF_8);
    }

    FilesystemStatistics statistics() throws Failed {
        Answer<FilesystemStatistics> answer = new Answer<>();
        filesystem.statistics(new TestRequest(), answer);
        return answer.get();
    }
}
