package org.omerods.omero.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.omerods.storage.StorageException;

final class TiffDescriptionTest {
    private static final String TEXT = "<OME>α</OME>";

    @Test
    void itIsFoundInClassicAndBigFilesOfBothByteOrders() throws StorageException {
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            assertThat(textOf(TiffBytes.classic(order, TEXT).bytes())).contains(TEXT);
            assertThat(textOf(TiffBytes.big(order, TEXT).bytes())).contains(TEXT);
        }
    }

    @Test
    void aShortTextStandsInTheEntryItself() throws StorageException {
        byte[] file = TiffBytes.classic(ByteOrder.LITTLE_ENDIAN, TEXT).bytes();
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(26, 3).putInt(30, 'h' | 'i' << 8);
        assertThat(textOf(file)).contains("hi");
    }

    @Test
    void otherFilesHaveNone() throws StorageException {
        assertThat(textOf(new byte[3])).isEmpty();
        assertThat(textOf(new byte[4096])).isEmpty();
        assertThat(textOf("II is how many texts begin, and this is one".getBytes(StandardCharsets.US_ASCII)))
                .isEmpty();
    }

    @Test
    void aTextThatIsTooLongIsNotRead() throws StorageException {
        byte[] file = TiffBytes.big(ByteOrder.BIG_ENDIAN, "x".repeat(5000)).bytes();
        assertThat(TiffDescription.read(reader(file), file.length, 5000)).isEmpty();
        assertThat(TiffDescription.read(reader(file), file.length, 5001)).isPresent();
    }

    /** A reader that fails outside of the file, as a storage does: no damage may lead there, or anywhere for long. */
    @Test
    void damagedFilesAreReadWithinTheirBounds() throws StorageException {
        long seed = 20261125;
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            byte[] file = (round % 2 == 0
                            ? TiffBytes.classic(ByteOrder.LITTLE_ENDIAN, TEXT)
                            : TiffBytes.big(ByteOrder.BIG_ENDIAN, TEXT))
                    .bytes();
            for (int damage = 0; damage <= random.nextInt(4); damage++) {
                file[random.nextInt(80)] = (byte) random.nextInt();
            }
            Optional<byte[]> text = TiffDescription.read(reader(file), file.length, 1 << 20);
            assertThat(text.map(bytes -> bytes.length).orElse(0))
                    .as("seed %d round %d", seed, round)
                    .isLessThanOrEqualTo(file.length);
        }
    }

    private static Optional<String> textOf(byte[] file) throws StorageException {
        return TiffDescription.read(reader(file), file.length, 1 << 20)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    private static TiffDescription.RangeReader reader(byte[] file) {
        return (offset, length) -> {
            if (offset < 0 || offset + length > file.length) {
                throw new AssertionError("asked for " + length + " bytes at " + offset + " of " + file.length);
            }
            return ByteBuffer.wrap(file, Math.toIntExact(offset), length).slice();
        };
    }
}
