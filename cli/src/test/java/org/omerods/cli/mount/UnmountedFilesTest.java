package org.omerods.cli.mount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.cli.config.Configuration;
import org.omerods.cli.config.ConfigurationLoader;
import org.omerods.cli.config.SettingValue;
import org.omerods.cli.config.Settings;
import org.omerods.fs.staging.StagedFile;
import org.omerods.fs.staging.Staging;
import org.omerods.storage.Content;
import org.omerods.storage.DataObject;
import org.omerods.storage.ObjectVersion;
import org.omerods.storage.Storage;
import org.omerods.storage.StorageException;
import org.omerods.storage.StoragePath;
import org.omerods.storage.decorate.ForwardingStorage;

/** What an ended mount left is uploaded without it. */
final class UnmountedFilesTest {
    private static final String OLD = "0123456789".repeat(10);

    @TempDir
    private Path directory;

    private Path point;
    private Configuration configuration;
    private Source source;

    @BeforeEach
    void makePlace() throws Exception {
        point = directory.resolve("mnt");
        Files.createDirectory(directory.resolve("place"));
        Files.writeString(directory.resolve("place/old"), OLD);
        SettingValue staging = new SettingValue(
                Settings.STAGING_DIRECTORY, directory.resolve("staging").toString(), "test");
        configuration = new ConfigurationLoader(Map.of(), directory).load(List.of(staging), "");
        source = Source.open(configuration, "file:" + directory.resolve("place"));
    }

    @AfterEach
    void close() {
        source.close();
    }

    /** A mount that could not upload: a new file, and a changed one of which most was never fetched. */
    private void leave() throws Exception {
        Storage away = new ForwardingStorage(source.storage()) {
            @Override
            public DataObject put(StoragePath path, WriteMode mode, Content content) throws StorageException {
                throw new StorageException(StorageException.Reason.UNAVAILABLE, "write", path.value(), "away");
            }

            @Override
            public DataObject overwrite(StoragePath path, ObjectVersion base, Content content) throws StorageException {
                return put(path, WriteMode.REPLACE, content);
            }

            @Override
            public void close() {
                // the source closes its own
            }
        };
        try (Staging staging = Staging.open(
                away,
                FilesystemSettings.stagingOf(configuration, point, source),
                new StoredBases(source.storage()),
                new UnmountedFiles.Nobody(),
                InstantSource.system())) {
            StagedFile fresh =
                    staging.create(StoragePath.of("/new"), OptionalInt.empty()).orElseThrow();
            fresh.write(0, ByteBuffer.wrap("new".getBytes(StandardCharsets.UTF_8)));
            StagedFile changed = staging.overwrite((DataObject) source.storage().stat(StoragePath.of("/old")));
            changed.write(5, ByteBuffer.wrap("*".getBytes(StandardCharsets.UTF_8)));
            fresh.leave();
            changed.leave();
        }
    }

    @Test
    void whatAMountLeftIsUploadedWithoutIt() throws Exception {
        leave();
        try (UnmountedFiles files = UnmountedFiles.open(configuration, point, source)) {
            assertThat(files.awaitUploads()).isEmpty();
        }
        assertThat(directory.resolve("place/new")).hasContent("new");
        assertThat(directory.resolve("place/old")).hasContent("01234*" + OLD.substring(6));
    }

    @Test
    void aConflictWaitsForAPerson() throws Exception {
        leave();
        Files.writeString(directory.resolve("place/new"), "somebody else's");
        try (UnmountedFiles files = UnmountedFiles.open(configuration, point, source)) {
            assertThat(files.awaitUploads()).singleElement().satisfies(problem -> {
                assertThat(problem.path()).isEqualTo("/new");
                String target = directory.resolve("mine").toString();
                List<String> export = List.of("export", Long.toString(problem.number()), target);
                assertThat(files.carryOut(export).done()).isTrue();
            });
        }
        assertThat(directory.resolve("mine")).hasContent("new");
        assertThat(directory.resolve("place/new")).hasContent("somebody else's");
    }

    @Test
    void whereNothingWaitsThatIsSaid() {
        assertThatThrownBy(() -> UnmountedFiles.open(configuration, point, source))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nothing that was written to " + point);
    }
}
