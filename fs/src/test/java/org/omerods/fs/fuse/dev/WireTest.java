package org.omerods.fs.fuse.dev;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.omerods.fs.vfs.Attributes;
import org.omerods.fs.vfs.Child;
import org.omerods.fs.vfs.FileKind;
import org.omerods.fs.vfs.FilesystemStatistics;
import org.omerods.fs.vfs.OpenedDirectory;
import org.omerods.fs.vfs.OpenedFile;
import org.omerods.fs.vfs.TimedAttributes;

/** The bytes were written down by hand from the structs of linux/fuse.h on a little-endian machine. */
final class WireTest {
    private static final Attributes SLIDE = new Attributes(
            0x1122334455667788L,
            FileKind.FILE,
            0x0102030405L,
            0640,
            1,
            1000,
            100,
            Instant.ofEpochSecond(0x60000000L, 0x0a0b0c0d));

    private static final String SLIDE_BYTES = "8877665544332211 0504030201000000 8301810000000000 "
            + "0000006000000000 0000006000000000 0000006000000000 0d0c0b0a 0d0c0b0a 0d0c0b0a a0810000 "
            + "01000000 e8030000 64000000 00000000 00000200 00000000";

    private final MemorySegment out = Arena.ofAuto().allocate(512, 8).fill((byte) 0xee);

    @BeforeEach
    void checkOrder() {
        Assumptions.assumeTrue(
                ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN, "the expected bytes are little-endian");
    }

    @Test
    void header() {
        Wire.header(out, 0x50, -2, 0x1234);
        assertBytes(Wire.OUT_HEADER_BYTES, "50000000 feffffff 3412000000000000");
    }

    @Test
    void entry() {
        int length = Wire.entry(out, new Child(SLIDE, Duration.ofMillis(1500), Duration.ofSeconds(60)));
        assertBytes(
                length,
                "8877665544332211 0000000000000000 0100000000000000 3c00000000000000 0065cd1d 00000000 " + SLIDE_BYTES);
    }

    @Test
    void missingEntryIsNodeZeroWithItsTtl() {
        int length = Wire.entry(out, Child.missing(Duration.ofSeconds(2)));
        assertBytes(
                length,
                "0000000000000000 0000000000000000 0200000000000000 0000000000000000 00000000 00000000"
                        + "00".repeat(88));
    }

    @Test
    void attributes() {
        int length = Wire.attributes(out, new TimedAttributes(SLIDE, Duration.ofNanos(1_000_000_001)));
        assertBytes(length, "0100000000000000 01000000 00000000 " + SLIDE_BYTES);
    }

    @Test
    void openedFilesSayWhatTheKernelMayKeep() {
        assertBytes(Wire.opened(out, new OpenedFile(7, true, false)), "0700000000000000 22000000 00000000");
        assertBytes(Wire.opened(out, new OpenedFile(7, false, false)), "0700000000000000 20000000 00000000");
        assertBytes(Wire.opened(out, new OpenedFile(7, true, true)), "0700000000000000 21000000 00000000");
    }

    @Test
    void openedDirectoriesSayWhatTheKernelMayKeep() {
        assertBytes(Wire.opened(out, new OpenedDirectory(9, true)), "0900000000000000 0a000000 00000000");
        assertBytes(Wire.opened(out, new OpenedDirectory(9, false)), "0900000000000000 00000000 00000000");
    }

    @Test
    void statistics() {
        int length = Wire.statistics(out, new FilesystemStatistics(4096, 1000, 400, 77, 66, 255));
        assertBytes(
                length,
                "e803000000000000 9001000000000000 9001000000000000 4d00000000000000 4200000000000000 "
                        + "00100000 ff000000 00100000" + "00".repeat(28));
    }

    @Test
    void directoryEntryIsPaddedToEightBytes() {
        int length = Wire.directoryEntry(out, 5, 3, 8, new byte[] {'a', 'b', 'c'});
        assertBytes(length, "0500000000000000 0300000000000000 03000000 08000000 6162630000000000");
        assertThat(Wire.direntBytes(8)).isEqualTo(32);
        assertThat(Wire.direntBytes(9)).isEqualTo(40);
    }

    @Test
    void extendedAttributeSize() {
        assertBytes(Wire.extendedAttributeSize(out, 300), "2c010000 00000000");
    }

    private void assertBytes(int length, String expected) {
        byte[] bytes = out.asSlice(0, length).toArray(JAVA_BYTE);
        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(expected.replace(" ", ""));
        assertThat(out.get(JAVA_BYTE, length)).as("byte behind the struct").isEqualTo((byte) 0xee);
        out.fill((byte) 0xee);
    }
}
