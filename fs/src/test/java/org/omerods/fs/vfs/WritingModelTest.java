package org.omerods.fs.vfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.omerods.fs.vfs.WritingClient.O_EXCL;
import static org.omerods.fs.vfs.WritingClient.O_RDWR;
import static org.omerods.fs.vfs.WritingClient.O_TRUNC;
import static org.omerods.fs.vfs.WritingMounted.stored;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.omerods.fs.vfs.Answer.Failed;
import org.omerods.fs.vfs.FileTreeModel.ModelFile;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.memory.MemoryStorage;

/**
 * Random creates, writes, truncations, renames and removals, with several files open, on the filesystem and on a model: each
 * answer is the model's, and when all is closed the storage holds what the model holds. With uploads that fail and unmounts
 * in between the only difference allowed is an EIO that says so.
 */
class WritingModelTest {
    private static final int STEPS = 400;
    private static final int MAX_OPEN = 6;
    private static final int MAX_BYTES = 200_000;
    private static final List<String> NAMES = List.of("a", "b", "c", "d", "d/a", "d/b", "d/e", "d/e/a", "f/a", "f");

    @TempDir
    Path directory;

    private static final int EARLY_BYTES = 5_000;
    private static final List<String> UPLOADS = List.of("put", "overwrite", "grow", "send", "finish");

    private final MemoryStorage memory = new MemoryStorage();
    private final CountingStorage storage = new CountingStorage(memory);
    private final FileTreeModel model = new FileTreeModel();
    private final List<Open> open = new ArrayList<>();

    private record Open(OpenedFile handle, ModelFile file) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void everyAnswerIsTheModels(long seed) throws Exception {
        run(seed, false);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16})
    void nothingIsLostWhileUploadsFailAndTheMountEndsAndBegins(long seed) throws Exception {
        run(seed, true);
    }

    private void run(long seed, boolean trouble) throws Exception {
        Random random = new Random(seed);
        WritingMounted mounted = mounted();
        try {
            for (int step = 0; step < STEPS; step++) {
                if (trouble && random.nextInt(6) == 0) {
                    storage.failNext(UPLOADS.get(random.nextInt(UPLOADS.size())), Reason.UNAVAILABLE);
                }
                if (trouble && random.nextInt(100) == 0) {
                    closeAll(mounted, trouble);
                    mounted.close();
                    mounted = mounted();
                }
                String what = step(random, mounted.client, trouble);
                compare(mounted.client, "seed %d, step %d: %s".formatted(seed, step, what));
            }
            closeAll(mounted, trouble);
            storage.heal();
            WritingMounted last = mounted;
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> last.staging.status().dirty() == 0);
            compareStorage("seed " + seed);
            // what nobody uses any more is removed behind the last upload
            await().alias("seed " + seed)
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> last.staging.status().usedBytes() == 0);
        } finally {
            mounted.close();
        }
    }

    /** Most files of more than a few kilobytes are sent early. */
    private WritingMounted mounted() throws Exception {
        return new WritingMounted(storage, WritingMounted.withEarlyUploads(directory, EARLY_BYTES));
    }

    private void closeAll(WritingMounted mounted, boolean trouble) throws Failed {
        for (Open file : List.copyOf(open)) {
            close(mounted.client, file, trouble);
        }
    }

    private void close(WritingClient client, Open file, boolean trouble) throws Failed {
        open.remove(file);
        try {
            client.close(file.handle());
        } catch (Failed e) {
            requireTrouble(e, trouble);
        }
    }

    private static void requireTrouble(Failed e, boolean trouble) {
        if (!trouble || e.errno != Errno.EIO) {
            throw new AssertionError("unexpected " + e.errno, e);
        }
    }

    private String step(Random random, WritingClient client, boolean trouble) throws Failed {
        String path = NAMES.get(random.nextInt(NAMES.size()));
        String other = NAMES.get(random.nextInt(NAMES.size()));
        int action = random.nextInt(20);
        if (action < 8 && !open.isEmpty()) {
            return useOpen(random, client, trouble);
        }
        return switch (action) {
            case 8, 9, 10, 11 -> create(random, client, path);
            case 12, 13 ->
                change(
                        "unlink " + path,
                        unlinkErrno(path),
                        () -> client.removeFile(path),
                        () -> model.remove(path),
                        trouble);
            case 14 ->
                change(
                        "mkdir " + path,
                        mkdirErrno(path),
                        () -> client.makeDirectory(path),
                        () -> model.makeDirectory(path),
                        trouble);
            case 15 ->
                change(
                        "rmdir " + path,
                        rmdirErrno(path),
                        () -> client.removeDirectory(path),
                        () -> model.remove(path),
                        trouble);
            case 16, 17, 18 ->
                change(
                        "rename " + path + " " + other,
                        renameErrno(path, other),
                        () -> client.rename(path, other),
                        () -> model.rename(path, other),
                        trouble);
            default -> truncateByName(random, client, path, trouble);
        };
    }

    private String useOpen(Random random, WritingClient client, boolean trouble) throws Failed {
        Open file = open.get(random.nextInt(open.size()));
        int offset = random.nextInt(MAX_BYTES);
        return switch (random.nextInt(6)) {
            case 0, 1 -> {
                byte[] data = new byte[random.nextInt(20_000)];
                random.nextBytes(data);
                client.write(file.handle(), offset, data);
                FileTreeModel.write(file.file(), offset, data);
                yield "write %d+%d".formatted(offset, data.length);
            }
            case 2 -> {
                byte[] read = client.reading().read(file.handle(), offset, 30_000);
                assertThat(read).isEqualTo(FileTreeModel.read(file.file(), offset, 30_000));
                yield "read";
            }
            case 3 -> {
                try {
                    client.synchronize(file.handle());
                } catch (Failed e) {
                    requireTrouble(e, trouble);
                }
                yield "fsync";
            }
            case 4 -> {
                close(client, file, trouble);
                yield "close";
            }
            default -> {
                byte[] read = client.reading().read(file.handle(), 0, MAX_BYTES + 20_000);
                assertThat(read).isEqualTo(file.file().bytes);
                yield "read all";
            }
        };
    }

    private String create(Random random, WritingClient client, String path) throws Failed {
        boolean exclusive = random.nextInt(4) == 0;
        boolean truncate = random.nextInt(3) == 0;
        if (open.size() >= MAX_OPEN || !model.reaches(path)) {
            return "nothing";
        }
        Errno expected =
                model.exists(path) && exclusive ? Errno.EEXIST : model.isDirectoryAt(path) ? Errno.EISDIR : null;
        int flags = O_RDWR | (exclusive ? O_EXCL : 0) | (truncate ? O_TRUNC : 0);
        OpenedFile handle;
        try {
            handle = client.create(path, flags).file();
            assertThat(expected).as("create %s", path).isNull();
        } catch (Failed e) {
            assertThat(e.errno).as("create %s", path).isEqualTo(expected);
            return "refused create";
        }
        if (!model.exists(path)) {
            model.create(path);
        }
        ModelFile file = Objects.requireNonNull(model.file(path));
        if (truncate) {
            file.bytes = new byte[0];
        }
        open.add(new Open(handle, file));
        return "create " + path + (truncate ? " truncating" : "");
    }

    private String truncateByName(Random random, WritingClient client, String path, boolean trouble) throws Failed {
        ModelFile file = model.file(path);
        if (file == null || !model.reaches(path)) {
            return "nothing";
        }
        int size = random.nextInt(MAX_BYTES);
        try {
            client.truncate(path, size);
        } catch (Failed e) {
            requireTrouble(e, trouble); // it is done here, and not yet in the storage
        }
        file.bytes = Arrays.copyOf(file.bytes, size);
        return "truncate " + path + " to " + size;
    }

    private interface Call {
        void run() throws Failed;
    }

    private String change(String what, @Nullable Errno expected, Call call, Runnable onModel, boolean trouble)
            throws Failed {
        try {
            call.run();
            assertThat(expected).as(what).isNull();
            onModel.run();
        } catch (Failed e) {
            if (expected == null) {
                requireTrouble(e, trouble);
            } else {
                assertThat(e.errno).as(what).isEqualTo(expected);
            }
        }
        return what;
    }

    /** Why the directory of a path cannot be walked to. */
    private @Nullable Errno walkErrno(String path) {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            String directory = path.substring(0, slash);
            if (!model.reaches(directory)) {
                return Errno.ENOTDIR;
            }
            if (!model.exists(directory)) {
                return Errno.ENOENT;
            }
        }
        return null;
    }

    private @Nullable Errno missing(String path) {
        Errno walk = walkErrno(path);
        return walk == null && !model.reaches(path) ? Errno.ENOTDIR : walk;
    }

    private @Nullable Errno unlinkErrno(String path) {
        Errno way = missing(path);
        return way != null ? way : !model.exists(path) ? Errno.ENOENT : model.isDirectoryAt(path) ? Errno.EISDIR : null;
    }

    private @Nullable Errno mkdirErrno(String path) {
        Errno way = missing(path);
        return way != null ? way : model.exists(path) ? Errno.EEXIST : null;
    }

    private @Nullable Errno rmdirErrno(String path) {
        Errno way = missing(path);
        if (way != null || !model.exists(path)) {
            return way != null ? way : Errno.ENOENT;
        }
        return !model.isDirectoryAt(path) ? Errno.ENOTDIR : model.children(path).isEmpty() ? null : Errno.ENOTEMPTY;
    }

    private @Nullable Errno renameErrno(String from, String to) {
        Errno walk = walkErrno(from) != null ? walkErrno(from) : walkErrno(to);
        Errno way = walk != null ? walk : missing(from) != null ? missing(from) : missing(to);
        if (way != null || !model.exists(from)) {
            return way != null ? way : Errno.ENOENT;
        }
        if (from.equals(to)) {
            return null;
        }
        if (model.isDirectoryAt(from)) {
            if (to.startsWith(from + "/")) {
                return Errno.EINVAL;
            }
            if (model.exists(to) && !model.isDirectoryAt(to)) {
                return Errno.ENOTDIR;
            }
            return model.exists(to) && !model.children(to).isEmpty() ? Errno.ENOTEMPTY : null;
        }
        return model.isDirectoryAt(to) ? Errno.EISDIR : null;
    }

    /** All names and sizes, as everybody on the mount sees them. */
    private void compare(WritingClient client, String when) throws Failed {
        List<String> directories = new ArrayList<>(List.of(""));
        model.entries().forEach((path, file) -> {
            if (file.isEmpty()) {
                directories.add(path);
            }
        });
        for (String path : directories) {
            long inode = path.isEmpty()
                    ? Filesystem.ROOT_INODE
                    : client.reading().walk(path).inode();
            List<Client.Listed> listed = client.reading().list(inode, 100, true);
            List<String> names = listed.stream().map(Client.Listed::name).toList();
            assertThat(names.subList(2, names.size())).as(when).containsExactlyElementsOf(model.children(path));
            for (Client.Listed entry : listed.subList(2, listed.size())) {
                ModelFile file = model.file(path.isEmpty() ? entry.name() : path + "/" + entry.name());
                if (file != null) {
                    assertThat(entry.attributes().size())
                            .as("%s, size of %s", when, entry.name())
                            .isEqualTo(file.bytes.length);
                }
            }
        }
    }

    private void compareStorage(String when) throws Exception {
        for (var entry : model.entries().entrySet()) {
            if (entry.getValue().isPresent()) {
                String bytes = stored(memory, "/" + entry.getKey());
                assertThat(bytes)
                        .as("%s, %s", when, entry.getKey())
                        .isEqualTo(new String(entry.getValue().get().bytes, StandardCharsets.UTF_8));
            }
        }
    }
}
