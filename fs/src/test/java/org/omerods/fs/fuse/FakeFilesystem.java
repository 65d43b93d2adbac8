package org.omerods.fs.fuse;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.omerods.fs.vfs.Attributes;
import org.omerods.fs.vfs.Child;
import org.omerods.fs.vfs.DirectorySink;
import org.omerods.fs.vfs.Done;
import org.omerods.fs.vfs.Errno;
import org.omerods.fs.vfs.FileKind;
import org.omerods.fs.vfs.Filesystem;
import org.omerods.fs.vfs.FilesystemStatistics;
import org.omerods.fs.vfs.KernelCache;
import org.omerods.fs.vfs.OpenedDirectory;
import org.omerods.fs.vfs.OpenedFile;
import org.omerods.fs.vfs.ReadData;
import org.omerods.fs.vfs.Reply;
import org.omerods.fs.vfs.Request;
import org.omerods.fs.vfs.TimedAttributes;

/** A tree in memory that counts calls, references and handles. Reads can be replaced, to be slow or to fail. */
public final class FakeFilesystem implements Filesystem {
    static final Instant MODIFIED = Instant.parse("2024-05-06T07:08:09.123456789Z");

    final FakeNode root = new FakeNode(ROOT_INODE, true, MemorySegment.NULL);
    final Map<Long, FakeNode> nodes = new ConcurrentHashMap<>(Map.of(ROOT_INODE, root));
    final Map<String, LongAdder> calls = new ConcurrentHashMap<>();
    final Map<Long, AtomicLong> references = new ConcurrentHashMap<>();
    final Map<Long, FakeNode> handles = new ConcurrentHashMap<>();
    /** Names that no lookup finds, and why. */
    final Map<String, Errno> lookupFailures = new ConcurrentHashMap<>();

    /** Lookups that somebody else answers, later. */
    final Map<String, Consumer<Reply<Child>>> lookupActions = new ConcurrentHashMap<>();

    final AtomicLong largestRead = new AtomicLong();
    final AtomicLong releasedReads = new AtomicLong();
    final AtomicLong answeredReads = new AtomicLong();
    volatile Duration ttl = Duration.ofHours(1);
    volatile @Nullable RuntimeException failure;
    volatile KernelCache kernel = KernelCache.NONE;
    private final AtomicLong nextInode = new AtomicLong(100);
    private final AtomicLong nextHandle = new AtomicLong();
    private final Arena arena = Arena.ofAuto();

    FakeNode file(FakeNode parent, String name, byte[] content) {
        return file(parent, name, memory(content));
    }

    /** Native memory with these bytes. */
    MemorySegment memory(byte[] content) {
        MemorySegment memory = arena.allocate(Math.max(content.length, 1));
        MemorySegment.copy(content, 0, memory, ValueLayout.JAVA_BYTE, 0, content.length);
        return memory.asSlice(0, content.length);
    }

    FakeNode file(FakeNode parent, String name, MemorySegment content) {
        return add(parent, name, new FakeNode(nextInode.getAndIncrement(), false, content));
    }

    FakeNode directory(FakeNode parent, String name) {
        return add(parent, name, new FakeNode(nextInode.getAndIncrement(), true, MemorySegment.NULL));
    }

    private FakeNode add(FakeNode parent, String name, FakeNode node) {
        nodes.put(node.inode, node);
        parent.children.put(name, node);
        return node;
    }

    private FakeNode node(long inode) {
        return Objects.requireNonNull(nodes.get(inode), "inode " + inode);
    }

    private FakeNode opened(long handle) {
        return Objects.requireNonNull(handles.get(handle), "handle " + handle);
    }

    long count(String call) {
        LongAdder adder = calls.get(call);
        return adder == null ? 0 : adder.sum();
    }

    /** What the kernel still holds, without the root. */
    long heldReferences() {
        return references.values().stream().mapToLong(AtomicLong::get).sum();
    }

    private void called(String call) {
        calls.computeIfAbsent(call, name -> new LongAdder()).increment();
        RuntimeException now = failure;
        if (now != null) {
            throw now;
        }
    }

    private void refer(FakeNode node) {
        references.computeIfAbsent(node.inode, inode -> new AtomicLong()).incrementAndGet();
    }

    static Attributes attributesOf(FakeNode node) {
        return new Attributes(
                node.inode,
                node.directory ? FileKind.DIRECTORY : FileKind.FILE,
                node.directory ? 4096 : node.content.byteSize(),
                node.permissions,
                1,
                0,
                0,
                MODIFIED);
    }

    private Child childOf(FakeNode node) {
        return new Child(attributesOf(node), ttl, ttl);
    }

    @Override
    public void lookup(Request request, long parent, String name, Reply<Child> reply) {
        called("lookup");
        Errno refused = lookupFailures.get(name);
        if (refused != null) {
            reply.fail(refused);
            return;
        }
        Consumer<Reply<Child>> action = lookupActions.get(name);
        if (action != null) {
            action.accept(reply);
            return;
        }
        FakeNode child = node(parent).children.get(name);
        if (child == null) {
            reply.ok(Child.missing(ttl));
        } else {
            refer(child);
            reply.ok(childOf(child));
        }
    }

    @Override
    public void forget(long inode, long count) {
        called("forget");
        Objects.requireNonNull(references.get(inode), "forget of inode " + inode)
                .addAndGet(-count);
    }

    @Override
    public void attributes(Request request, long inode, Reply<TimedAttributes> reply) {
        called("attributes");
        FakeNode node = nodes.get(inode);
        if (node == null) {
            reply.fail(Errno.ESTALE);
        } else {
            reply.ok(new TimedAttributes(attributesOf(node), ttl));
        }
    }

    @Override
    public void access(Request request, long inode, int mask, Reply<Done> reply) {
        called("access");
        if ((mask & 2) != 0) {
            reply.fail(Errno.EROFS);
        } else {
            reply.ok(Done.DONE);
        }
    }

    @Override
    public void open(Request request, long inode, int flags, Reply<OpenedFile> reply) {
        called("open");
        if ((flags & 3) != 0) {
            reply.fail(Errno.EROFS);
            return;
        }
        FakeNode node = node(inode);
        reply.ok(new OpenedFile(handle(node), node.keepCache, node.direct));
    }

    private long handle(FakeNode node) {
        long handle = nextHandle.incrementAndGet();
        handles.put(handle, node);
        return handle;
    }

    @Override
    public void read(Request request, long handle, long offset, int size, Reply<ReadData> reply) {
        called("read");
        largestRead.accumulateAndGet(size, Math::max);
        FakeNode node = opened(handle);
        FakeNode.ReadAction action = node.read;
        if (action == null) {
            reply.ok(slice(node, offset, size));
        } else {
            action.read(request, offset, size, reply);
        }
    }

    /** The content in two segments, so that vectors are tried. */
    ReadData slice(FakeNode node, long offset, int size) {
        answeredReads.incrementAndGet();
        long start = Math.min(offset, node.content.byteSize());
        long length = Math.min(size, node.content.byteSize() - start);
        MemorySegment all = node.content.asSlice(start, length);
        long middle = length / 3;
        return new ReadData(List.of(all.asSlice(0, middle), all.asSlice(middle)), releasedReads::incrementAndGet);
    }

    @Override
    public void release(long handle) {
        called("release");
        Objects.requireNonNull(handles.remove(handle), "release of handle " + handle);
    }

    @Override
    public void openDirectory(Request request, long inode, Reply<OpenedDirectory> reply) {
        called("openDirectory");
        reply.ok(new OpenedDirectory(handle(node(inode)), node(inode).keepCache));
    }

    @Override
    public void readDirectory(Request request, long handle, long offset, DirectorySink sink, Reply<Done> reply) {
        called(sink.withAttributes() ? "readDirectoryPlus" : "readDirectory");
        FakeNode node = opened(handle);
        List<Map.Entry<String, FakeNode>> entries = List.copyOf(node.children.entrySet());
        for (int i = (int) offset; i < entries.size() + 2; i++) {
            String name = i == 0 ? "." : i == 1 ? ".." : entries.get(i - 2).getKey();
            FakeNode child = i < 2 ? node : entries.get(i - 2).getValue();
            if (!sink.offer(name, i + 1L, childOf(child))) {
                break;
            }
            if (sink.withAttributes() && i >= 2) {
                refer(child);
            }
        }
        reply.ok(Done.DONE);
    }

    @Override
    public void releaseDirectory(long handle) {
        called("releaseDirectory");
        Objects.requireNonNull(handles.remove(handle), "release of handle " + handle);
    }

    @Override
    public void extendedAttributes(Request request, long inode, Reply<List<String>> reply) {
        called("extendedAttributes");
        reply.ok(List.copyOf(node(inode).extended.keySet()));
    }

    @Override
    public void extendedAttribute(Request request, long inode, String name, Reply<byte[]> reply) {
        called("extendedAttribute");
        byte[] value = node(inode).extended.get(name);
        if (value == null) {
            reply.fail(Errno.ENODATA);
        } else {
            reply.ok(value);
        }
    }

    @Override
    public void statistics(Request request, Reply<FilesystemStatistics> reply) {
        called("statistics");
        reply.ok(new FilesystemStatistics(4096, 1000, 400, 77, 66, 255));
    }

    @Override
    public void attach(KernelCache attached) {
        kernel = attached;
    }
}
