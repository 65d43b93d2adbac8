package org.omerods.fs.users;

import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.omerods.fs.vfs.AttributeChange;
import org.omerods.fs.vfs.Attributes;
import org.omerods.fs.vfs.Child;
import org.omerods.fs.vfs.CreatedFile;
import org.omerods.fs.vfs.DirectorySink;
import org.omerods.fs.vfs.Done;
import org.omerods.fs.vfs.Errno;
import org.omerods.fs.vfs.ExtendedAttributeMode;
import org.omerods.fs.vfs.FileKind;
import org.omerods.fs.vfs.Filesystem;
import org.omerods.fs.vfs.FilesystemStatistics;
import org.omerods.fs.vfs.KernelCache;
import org.omerods.fs.vfs.OpenedDirectory;
import org.omerods.fs.vfs.OpenedFile;
import org.omerods.fs.vfs.Place;
import org.omerods.fs.vfs.ReadData;
import org.omerods.fs.vfs.Reply;
import org.omerods.fs.vfs.Request;
import org.omerods.fs.vfs.TimedAttributes;

/**
 * Sends each request to the view of the user who asks, so that the place itself decides what he may. A user without a
 * counterpart gets EACCES for everything but the root's attributes. What one user was told the kernel must not tell the
 * next: names and attributes are believed for no time, and files are read past the kernel's page cache. Inode numbers are
 * those of the place, the same for all. Thread-safe.
 */
public final class PerUserFilesystem implements Filesystem, AutoCloseable {
    private static final TimedAttributes BARE_ROOT = new TimedAttributes(
            new Attributes(ROOT_INODE, FileKind.DIRECTORY, 0, 0755, 1, 0, 0, Instant.EPOCH), Duration.ZERO);

    private final UserViews views;
    private final References references = new References();
    private final Handles handles = new Handles();

    /** Makes the view of a user of this machine; empty for one who has no counterpart in the place. */
    @FunctionalInterface
    public interface Opener extends UserViews.Opener {}

    public PerUserFilesystem(Opener opener) {
        this.views = new UserViews(opener);
    }

    @Override
    public void attach(KernelCache kernel) {
        views.attach(kernel);
    }

    @Override
    public void close() {
        views.close();
    }

    private <T> void as(Request request, Reply<T> reply, Consumer<UserView> body) {
        views.of(request.uid()).ifPresentOrElse(body, () -> reply.fail(Errno.EACCES));
    }

    private <T> void with(long handle, Reply<T> reply, BiConsumer<Filesystem, Long> body) {
        Handles.Opened opened = handles.find(handle);
        if (opened == null) {
            reply.fail(Errno.EBADF);
        } else {
            body.accept(opened.view().filesystem(), opened.handle());
        }
    }

    private static <T> Reply<T> mapped(Reply<T> reply, UnaryOperator<T> mapping) {
        return new Reply<>() {
            @Override
            public void ok(T value) {
                reply.ok(mapping.apply(value));
            }

            @Override
            public void fail(Errno errno) {
                reply.fail(errno);
            }
        };
    }

    /** A name that was found counts as lent by that view, and is asked for again by the next user. */
    private Child lent(UserView view, Child child) {
        Attributes attributes = child.attributes();
        if (attributes != null) {
            references.add(attributes.inode(), view);
        }
        return new Child(attributes, Duration.ZERO, Duration.ZERO);
    }

    private Reply<Child> lending(UserView view, Reply<Child> reply) {
        return mapped(reply, child -> lent(view, child));
    }

    private static Reply<TimedAttributes> unremembered(Reply<TimedAttributes> reply) {
        return mapped(reply, told -> new TimedAttributes(told.attributes(), Duration.ZERO));
    }

    private OpenedFile opened(UserView view, OpenedFile file) {
        views.hold(view, 1);
        return new OpenedFile(handles.add(view, file.handle()), false, true, file.writable());
    }

    private void released(long handle, BiConsumer<Filesystem, Long> release) {
        Handles.Opened opened = handles.remove(handle);
        if (opened != null) {
            release.accept(opened.view().filesystem(), opened.handle());
            views.hold(opened.view(), -1);
        }
    }

    @Override
    public void lookup(Request request, long parent, String name, Reply<Child> reply) {
        as(request, reply, view -> view.filesystem().lookup(request, parent, name, lending(view, reply)));
    }

    @Override
    public void forget(long inode, long count) {
        references.giveBack(inode, count, (view, share) -> view.filesystem().forget(inode, share));
    }

    /** The root is there for everybody: a user may well have rights on what is below it, and not on itself. */
    @Override
    public void attributes(Request request, long inode, Reply<TimedAttributes> reply) {
        if (inode != ROOT_INODE) {
            as(request, reply, view -> view.filesystem().attributes(request, inode, unremembered(reply)));
            return;
        }
        Optional<UserView> view = views.of(request.uid());
        if (view.isEmpty()) {
            reply.ok(BARE_ROOT);
            return;
        }
        view.get().filesystem().attributes(request, inode, new Reply<>() {
            @Override
            public void ok(TimedAttributes told) {
                reply.ok(new TimedAttributes(told.attributes(), Duration.ZERO));
            }

            @Override
            public void fail(Errno errno) {
                if (errno == Errno.ENOENT || errno == Errno.EACCES) {
                    reply.ok(BARE_ROOT);
                } else {
                    reply.fail(errno);
                }
            }
        });
    }

    @Override
    public void access(Request request, long inode, int mask, Reply<Done> reply) {
        as(request, reply, view -> view.filesystem().access(request, inode, mask, reply));
    }

    @Override
    public void open(Request request, long inode, int flags, Reply<OpenedFile> reply) {
        as(
                request,
                reply,
                view -> view.filesystem().open(request, inode, flags, mapped(reply, file -> opened(view, file))));
    }

    @Override
    public void read(Request request, long handle, long offset, int size, Reply<ReadData> reply) {
        with(handle, reply, (filesystem, own) -> filesystem.read(request, own, offset, size, reply));
    }

    @Override
    public void release(long handle) {
        released(handle, Filesystem::release);
    }

    @Override
    public void create(
            Request request, long parent, String name, int flags, int permissions, Reply<CreatedFile> reply) {
        as(
                request,
                reply,
                view -> view.filesystem()
                        .create(
                                request,
                                parent,
                                name,
                                flags,
                                permissions,
                                mapped(
                                        reply,
                                        made -> new CreatedFile(lent(view, made.child()), opened(view, made.file())))));
    }

    @Override
    public void write(Request request, long handle, long offset, MemorySegment data, Reply<Integer> reply) {
        with(handle, reply, (filesystem, own) -> filesystem.write(request, own, offset, data, reply));
    }

    @Override
    public void flush(Request request, long handle, Reply<Done> reply) {
        with(handle, reply, (filesystem, own) -> filesystem.flush(request, own, reply));
    }

    @Override
    public void synchronize(Request request, long handle, Reply<Done> reply) {
        with(handle, reply, (filesystem, own) -> filesystem.synchronize(request, own, reply));
    }

    @Override
    public void allocate(Request request, long handle, int mode, long offset, long length, Reply<Done> reply) {
        with(handle, reply, (filesystem, own) -> filesystem.allocate(request, own, mode, offset, length, reply));
    }

    @Override
    public void change(Request request, long inode, AttributeChange change, Reply<TimedAttributes> reply) {
        as(request, reply, view -> view.filesystem().change(request, inode, change, unremembered(reply)));
    }

    @Override
    public void makeDirectory(Request request, long parent, String name, int permissions, Reply<Child> reply) {
        as(
                request,
                reply,
                view -> view.filesystem().makeDirectory(request, parent, name, permissions, lending(view, reply)));
    }

    @Override
    public void removeFile(Request request, long parent, String name, Reply<Done> reply) {
        as(request, reply, view -> view.filesystem().removeFile(request, parent, name, reply));
    }

    @Override
    public void removeDirectory(Request request, long parent, String name, Reply<Done> reply) {
        as(request, reply, view -> view.filesystem().removeDirectory(request, parent, name, reply));
    }

    @Override
    public void rename(Request request, Place from, Place to, boolean replace, Reply<Done> reply) {
        as(request, reply, view -> view.filesystem().rename(request, from, to, replace, reply));
    }

    @Override
    public void makeLink(Request request, long parent, String name, String target, Reply<Child> reply) {
        as(request, reply, view -> view.filesystem().makeLink(request, parent, name, target, lending(view, reply)));
    }

    @Override
    public void readLink(Request request, long inode, Reply<String> reply) {
        as(request, reply, view -> view.filesystem().readLink(request, inode, reply));
    }

    @Override
    public void openDirectory(Request request, long inode, Reply<OpenedDirectory> reply) {
        as(
                request,
                reply,
                view -> view.filesystem().openDirectory(request, inode, mapped(reply, directory -> {
                    views.hold(view, 1);
                    return new OpenedDirectory(handles.add(view, directory.handle()), false);
                })));
    }

    @Override
    public void readDirectory(Request request, long handle, long offset, DirectorySink sink, Reply<Done> reply) {
        Handles.Opened opened = handles.find(handle);
        if (opened == null) {
            reply.fail(Errno.EBADF);
            return;
        }
        DirectorySink lending = new DirectorySink() {
            @Override
            public boolean withAttributes() {
                return sink.withAttributes();
            }

            @Override
            public boolean offer(String name, long nextOffset, Child child) {
                Child told = new Child(child.attributes(), Duration.ZERO, Duration.ZERO);
                if (!sink.offer(name, nextOffset, told)) {
                    return false;
                }
                if (sink.withAttributes() && !name.equals(".") && !name.equals("..")) {
                    lent(opened.view(), child);
                }
                return true;
            }
        };
        opened.view().filesystem().readDirectory(request, opened.handle(), offset, lending, reply);
    }

    @Override
    public void releaseDirectory(long handle) {
        released(handle, Filesystem::releaseDirectory);
    }

    @Override
    public void extendedAttributes(Request request, long inode, Reply<List<String>> reply) {
        as(request, reply, view -> view.filesystem().extendedAttributes(request, inode, reply));
    }

    @Override
    public void extendedAttribute(Request request, long inode, String name, Reply<byte[]> reply) {
        as(request, reply, view -> view.filesystem().extendedAttribute(request, inode, name, reply));
    }

    @Override
    public void setExtendedAttribute(
            Request request, long inode, String name, byte[] value, ExtendedAttributeMode mode, Reply<Done> reply) {
        as(request, reply, view -> view.filesystem().setExtendedAttribute(request, inode, name, value, mode, reply));
    }

    @Override
    public void removeExtendedAttribute(Request request, long inode, String name, Reply<Done> reply) {
        as(request, reply, view -> view.filesystem().removeExtendedAttribute(request, inode, name, reply));
    }

    @Override
    public void statistics(Request request, Reply<FilesystemStatistics> reply) {
        as(request, reply, view -> view.filesystem().statistics(request, reply));
    }
}
