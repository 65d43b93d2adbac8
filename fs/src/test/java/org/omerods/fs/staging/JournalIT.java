package org.omerods.fs.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.omerods.fs.SmallDisk;
import org.omerods.storage.StoragePath;

/** The journal of a staged file on a disk that is full. */
class JournalIT {
    @Test
    void whatIsWrittenAfterARecordThatDidNotFitIsFound() throws Exception {
        try (SmallDisk disk = SmallDisk.ofMebibytes(1)) {
            Path file = disk.directory().resolve("1.journal");
            try (Journal journal = Journal.create(file, StoragePath.of("/z/first"), Optional.empty())) {
                assertThatThrownBy(() -> {
                            for (int i = 0; i < 10_000; i++) {
                                journal.moved(StoragePath.of("/z/" + "x".repeat(200) + i));
                            }
                        })
                        .hasMessageContaining("No space left");
                Path other = Files.createTempFile("omerods-journal", "");
                Files.copy(file, other, StandardCopyOption.REPLACE_EXISTING);
                assertThat(JournalReader.read(other).length())
                        .as("nothing of the record that did not fit is left")
                        .isEqualTo(Files.size(other));
                Files.delete(other);
                assertThat(SmallDisk.run(
                                "mount",
                                "-o",
                                "remount,size=2m",
                                disk.directory().toString()))
                        .isTrue();
                journal.moved(StoragePath.of("/z/last"));
                assertThat(JournalReader.read(file).path()).isEqualTo(StoragePath.of("/z/last"));
            }
        }
    }
}
