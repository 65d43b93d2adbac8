package org.omerods.slides.jpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

final class ScanTest {
    private static final int MCUS = 16;
    private static final long SEED = 11;

    @Test
    void runsJoinedInPiecesShowTheSameAsTheWholeRow() throws IOException {
        McuRow row = new McuCoder(90).encode(pixels(), 0, 8 * MCUS, MCUS);
        byte[] whole = jpeg(row, MCUS);
        for (int piece = 1; piece < MCUS; piece++) {
            assertThat(jpeg(row, piece)).as("pieces of %d MCUs", piece).isEqualTo(whole);
        }
    }

    @Test
    void decodersSeeWhatWasEncoded() throws IOException {
        int[] pixels = pixels();
        BufferedImage image = image(jpeg(new McuCoder(90).encode(pixels, 0, 8 * MCUS, MCUS), 5));
        double sum = 0;
        for (int i = 0; i < pixels.length; i++) {
            int shown = image.getRGB(i % (8 * MCUS), i / (8 * MCUS));
            sum += Math.abs((shown >> 8 & 0xff) - (pixels[i] >> 8 & 0xff));
        }
        // noise of up to 128 grey levels costs some; a wrong coefficient would cost tens
        assertThat(sum / pixels.length).isLessThan(6);
    }

    @Test
    void swappedRunsShowSwappedPixels() throws IOException {
        McuRow row = new McuCoder(90).encode(pixels(), 0, 8 * MCUS, MCUS);
        Bytes bytes = new Bytes();
        Scan scan = start(bytes);
        scan.append(row, 7, MCUS, 0);
        scan.append(row, 0, 7, 0);
        scan.finish();
        BufferedImage swapped = image(bytes.out.toByteArray());
        BufferedImage straight = image(jpeg(row, MCUS));
        for (int x = 0; x < 8 * MCUS; x++) {
            assertThat(swapped.getRGB(x, 3)).isEqualTo(straight.getRGB((x + 56) % (8 * MCUS), 3));
        }
    }

    @Test
    void brighterRunsDifferInBytesAndHardlyInPixels() throws IOException {
        McuRow row = new McuCoder(90).encode(pixels(), 0, 8 * MCUS, MCUS);
        Bytes bytes = new Bytes();
        Scan scan = start(bytes);
        scan.append(row, 0, MCUS, 1);
        scan.finish();
        assertThat(bytes.out.toByteArray()).isNotEqualTo(jpeg(row, MCUS));
        int before = image(jpeg(row, MCUS)).getRGB(20, 4) >> 8 & 0xff;
        assertThat(Math.abs((image(bytes.out.toByteArray()).getRGB(20, 4) >> 8 & 0xff) - before))
                .isLessThan(3);
    }

    /** Smooth colours with noise, so that codes of all lengths and bytes of 0xff occur. */
    private static int[] pixels() {
        Random random = new Random(SEED);
        int[] pixels = new int[64 * MCUS];
        for (int i = 0; i < pixels.length; i++) {
            int x = i % (8 * MCUS);
            int noise = random.nextInt(x + 1);
            pixels[i] = (255 - x) << 16 | (60 + noise) << 8 | 2 * x % 256;
        }
        return pixels;
    }

    private static byte[] jpeg(McuRow row, int piece) throws IOException {
        Bytes bytes = new Bytes();
        Scan scan = start(bytes);
        for (int from = 0; from < MCUS; from += piece) {
            scan.append(row, from, Math.min(MCUS, from + piece), 0);
        }
        scan.finish();
        return bytes.out.toByteArray();
    }

    private static Scan start(Bytes bytes) {
        byte[] header = new JpegHeader(90).bytes(8 * MCUS, 8, 0, "test");
        bytes.write(header, header.length);
        return new Scan(bytes);
    }

    private static BufferedImage image(byte[] jpeg) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(jpeg));
    }

    private static final class Bytes implements Scan.Sink {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        @Override
        public long position() {
            return out.size();
        }

        @Override
        public void write(byte[] bytes, int count) {
            out.write(bytes, 0, count);
        }
    }
}
