package org.omerods.slides;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.slides.NdpiWalker.Directory;

/** Offsets beyond 4 GiB with little data: the sink leaves a hole in the file. */
final class FarOffsetsTest {
    static final SlideSpec SPEC = new SlideSpec(SlideFormat.NDPI, 4096, 2048, 1, 64, 90, 3);
    private static final long FOUR_GIB = 1L << 32;

    @TempDir
    Path directory;

    @Test
    void everythingBehindFourGibibytesIsFoundByTheHighWords() throws IOException {
        Path slide = directory.resolve("far.ndpi");
        write(slide, 12);
        List<Directory> directories = NdpiWalker.directories(slide);
        assertThat(directories).hasSize(5);
        assertThat(directories).allSatisfy(d -> {
            assertThat(d.offset()).isGreaterThan(FOUR_GIB);
            assertThat(d.one(273)).isGreaterThan(FOUR_GIB);
            // out of line: the text is found, so its offset was right
            assertThat(d.all(271)).startsWith('H', 'a', 'm');
        });
        assertThat(directories.get(0).tags()).doesNotContainKey(65432);
    }

    @Test
    void restartMarkersOfOneJpegAboveFourGibibytesHaveHighWords() throws IOException {
        Path slide = directory.resolve("large.ndpi");
        // the hole is in the middle of level 0's JPEG
        write(slide, 200_000);
        Directory base = NdpiWalker.directories(slide).getFirst();
        assertThat(base.one(273)).isEqualTo(12);
        assertThat(base.one(279)).isGreaterThan(FOUR_GIB);
        long[] high = base.all(65432);
        assertThat(high).hasSameSizeAs(base.all(65426)).startsWith(0).endsWith(1);
        try (FileChannel channel = FileChannel.open(slide)) {
            int last = high.length - 1;
            assertThat(NdpiWalker.read(channel, base.mcuStart(last) - 2, 2).getShort() & 0xf8ff)
                    .isEqualTo(0xd0ff);
        }
    }

    static void write(Path slide, long holeAt) throws IOException {
        try (FileChannel channel = FileChannel.open(slide, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            SlideMaker.writer(SPEC).write(new HoleSink(channel, holeAt, FOUR_GIB + 4096));
        }
    }
}
