package org.omerods.cli.mount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.benmanes.caffeine.cache.Ticker;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.fs.staging.StagedFile;
import org.omerods.fs.staging.Staging;
import org.omerods.fs.staging.StagingConfig;
import org.omerods.fs.vfs.FilesystemConfig;
import org.omerods.fs.vfs.StorageFilesystem;
import org.omerods.fs.vfs.WritingConfig;
import org.omerods.fs.vfs.WritingConfig.OwnershipChanges;
import org.omerods.storage.Content;
import org.omerods.storage.DataObject;
import org.omerods.storage.Storage.WriteMode;
import org.omerods.storage.StorageException;
import org.omerods.storage.StoragePath;
import org.omerods.storage.decorate.ForwardingStorage;
import org.omerods.storage.memory.MemoryStorage;

/** Orders about a file that could not be uploaded. */
final class RecoveryOrdersTest {
    private static final StoragePath PATH = StoragePath.of("/slide");

    @TempDir
    private Path directory;

    private volatile boolean full = true;
    private final MemoryStorage memory = new MemoryStorage();
    private StorageFilesystem filesystem;
    private RecoveryOrders orders;
    private long number;

    @BeforeEach
    void failAnUpload() throws Exception {
        StagingConfig staging = StagingConfig.in(directory.resolve("staging"), "test");
        filesystem = StorageFilesystem.create(
                new ForwardingStorage(memory) {
                    @Override
                    public DataObject put(StoragePath path, WriteMode mode, Content content) throws StorageException {
                        if (full) {
                            throw new StorageException(
                                    StorageException.Reason.NO_SPACE, "write", path.value(), "the quota is used up");
                        }
                        return super.put(path, mode, content);
                    }
                },
                StoragePath.ROOT,
                FilesystemConfig.in(directory.resolve("cache"))
                        .withWriting(new WritingConfig(staging, OwnershipChanges.ACCEPT)),
                Ticker.systemTicker());
        Staging files = filesystem.staging().orElseThrow();
        orders = new RecoveryOrders(() -> Map.of("", files));
        StagedFile file = files.create(PATH, OptionalInt.empty()).orElseThrow();
        file.write(0, ByteBuffer.wrap(new byte[] {1, 2, 3}));
        try {
            file.synchronize();
        } catch (StorageException e) {
            assertThat(e).hasMessageContaining("quota");
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> !files.problems().isEmpty());
        number = files.problems().getFirst().number();
    }

    @AfterEach
    void close() {
        filesystem.close();
    }

    @Test
    void aProblemIsListedWithItsPathAndReason() {
        RecoveryOrders.Outcome outcome = orders.carryOut("", List.of("list"));
        assertThat(outcome.done()).isTrue();
        assertThat(outcome.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo("/slide");
            assertThat(problem.problem()).contains("quota");
        });
    }

    @Test
    void aRetryUploadsWhenTheReasonIsGone() throws Exception {
        assertThat(orders.carryOut("", List.of("retry", Long.toString(number))).done())
                .isFalse();
        full = false;
        assertThat(orders.carryOut("", List.of("retry", Long.toString(number))).done())
                .isTrue();
        assertThat(((DataObject) memory.stat(PATH)).size()).isEqualTo(3);
    }

    @Test
    void anExportCopiesTheBytesAndRefusesToOverwrite() throws Exception {
        Path target = directory.resolve("exported");
        List<String> order = List.of("export", Long.toString(number), target.toString());
        assertThat(orders.carryOut("", order).done()).isTrue();
        assertThat(Files.readAllBytes(target)).containsExactly(1, 2, 3);
        assertThat(orders.carryOut("", order).done()).isFalse();
    }

    @Test
    void anOrderAboutNothingIsToldSo() {
        RecoveryOrders.Outcome outcome = orders.carryOut("", List.of("retry", "4711"));
        assertThat(outcome.done()).isFalse();
        assertThat(outcome.message()).contains("4711");
        assertThat(orders.carryOut("", List.of("retry")).done()).isFalse();
        assertThat(orders.carryOut("", List.of("explode", "1")).done()).isFalse();
        assertThat(new RecoveryOrders(Map::of).carryOut("", List.of("list")).done())
                .isTrue();
    }
}
