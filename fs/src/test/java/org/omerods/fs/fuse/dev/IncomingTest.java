package org.omerods.fs.fuse.dev;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.omerods.fs.fuse.MountOptions;

/** The bytes were written down by hand from the structs of linux/fuse.h on a little-endian machine. */
final class IncomingTest {
    @Test
    void headerAndNameAreDecoded() {
        Incoming lookup = incoming("2c000000 01000000 0807060504030201 0500000000000000 e8030000 64000000 39300000 "
                + "00000000 61ff6200");

        assertThat(Opcode.of(lookup.opcode())).isEqualTo(Opcode.LOOKUP);
        assertThat(lookup.unique()).isEqualTo(0x0102030405060708L);
        assertThat(lookup.node()).isEqualTo(5);
        assertThat(lookup.uid()).isEqualTo(1000);
        assertThat(lookup.gid()).isEqualTo(100);
        assertThat(lookup.pid()).isEqualTo(12345);
        assertThat(lookup.nameAt(0)).containsExactly('a', 0xff, 'b');
    }

    @Test
    void nameWithoutEndStopsWhereTheRequestStops() {
        assertThat(incoming("2b000000" + "00".repeat(36) + "616263").nameAt(0)).containsExactly('a', 'b', 'c');
    }

    @Test
    void batchForgetCountsNoMoreThanItHolds() {
        Incoming batch = incoming("50000000 2a000000" + "00".repeat(32) + "ff000000 00000000"
                + "0700000000000000 0300000000000000 0900000000000000 0400000000000000");

        assertThat(batch.forgetCount()).isEqualTo(2);
        assertThat(batch.forgottenInode(1)).isEqualTo(9);
        assertThat(batch.forgottenLookups(1)).isEqualTo(4);
    }

    @Test
    void wrongLengthIsRefused() {
        assertThatThrownBy(() -> incoming("ff000000" + "00".repeat(36))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> incoming("08000000 00000000")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void operationOfALaterKernelIsUnknown() {
        assertThat(Opcode.of(54)).isEqualTo(Opcode.UNKNOWN);
        assertThat(Opcode.of(7)).isEqualTo(Opcode.UNKNOWN);
        assertThat(Opcode.of(-1)).isEqualTo(Opcode.UNKNOWN);
        assertThat(Opcode.of(44)).isEqualTo(Opcode.READDIRPLUS);
    }

    @Test
    void handshakeTakesWhatTheKernelOffers() throws IOException {
        // 7.45, 128 KiB of read-ahead, all flags of both words
        InitHandshake all = InitHandshake.answerTo(
                incoming("68000000 1a000000" + "00".repeat(32) + "07000000 2d000000 00000200 ffffffff ffffffff"
                        + "00".repeat(44)),
                options(1 << 20));

        assertThat(all.has(InitHandshake.DO_READDIRPLUS)).isTrue();
        assertThat(all.has(InitHandshake.DIRECT_IO_ALLOW_MMAP)).isTrue();
        assertThat(all.has(1L << 16)).as("writeback cache").isFalse();
        MemorySegment out = Arena.ofAuto().allocate(80, 8);
        int length = all.write(out);
        assertThat(HexFormat.of().formatHex(out.asSlice(0, length).toArray(JAVA_BYTE)))
                .isEqualTo(("07000000 28000000 00000200 29e0c452 4000 3000 00001000 01000000 0001 0000 30000000"
                                + "01000000" + "00".repeat(24))
                        .replace(" ", ""));
    }

    @Test
    void handshakeAsksForNothingThatIsNotOffered() throws IOException {
        // no INIT_EXT: what stands in the second word is not flags
        InitHandshake old = InitHandshake.answerTo(
                incoming("68000000 1a000000" + "00".repeat(32) + "07000000 1f000000 00000200 01000000 ffffffff"
                        + "00".repeat(44)),
                options(4096));

        assertThat(old.features()).isEqualTo(InitHandshake.ASYNC_READ);
        assertThat(old.maxReadAheadBytes()).isEqualTo(4096);
    }

    @Test
    void handshakeRefusesAKernelThatIsTooOld() {
        assertThatThrownBy(() -> InitHandshake.answerTo(
                        incoming("40000000 1a000000" + "00".repeat(32) + "07000000 1a000000" + "00".repeat(16)),
                        options(4096)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("FUSE 7.26")
                .hasMessageContaining("--driver jnr");
    }

    @Test
    void passingThroughIsAskedForWhereItIsWanted() throws IOException {
        Incoming offer = incoming("68000000 1a000000" + "00".repeat(32) + "07000000 2d000000 00000200 ffffffff ffffffff"
                + "00".repeat(44));

        assertThat(InitHandshake.answerTo(offer, options(4096)).has(InitHandshake.PASSTHROUGH))
                .isTrue();
        assertThat(InitHandshake.answerTo(offer, options(4096).withoutPassThrough())
                        .has(InitHandshake.PASSTHROUGH))
                .isFalse();
    }

    private static MountOptions options(int readAheadBytes) {
        return new MountOptions("test", false, readAheadBytes);
    }

    private static Incoming incoming(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        MemorySegment memory = Arena.ofAuto().allocate(bytes.length, 8);
        return new Incoming(memory.copyFrom(MemorySegment.ofArray(bytes)));
    }
}
