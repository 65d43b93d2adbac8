package org.omerods.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.bench.stage.NdpiSegments;
import org.omerods.slides.SlideMaker;
import org.omerods.slides.SlideSpec;

final class NdpiSegmentsTest {
    private static final int MARKER_BYTES = 2;

    @TempDir
    private Path folder;

    /** Where the tables say that a segment begins, the one before ends with its restart marker. */
    @Test
    void segmentsBeginBehindARestartMarkerAndCoverTheLevel() throws Exception {
        Path slide = folder.resolve("slide.ndpi");
        SlideSpec spec = SlideSpec.ofBytes(16 << 20);
        long bytes = SlideMaker.write(spec, slide, (done, all) -> {}).bytes();

        NdpiSegments segments = NdpiSegments.of(slide, SlideSpec.DEFAULT_INTERVAL);

        assertThat(segments.perRow()).isEqualTo(spec.width() / 2048);
        assertThat(segments.rows()).isEqualTo(spec.height() / 8);
        try (RandomAccessFile file = new RandomAccessFile(slide.toFile(), "r")) {
            assertThat(file.length()).isEqualTo(bytes);
            for (int row = 1; row < segments.rows(); row += 17) {
                file.seek(segments.offset(row, 0) - MARKER_BYTES);
                assertThat(file.readUnsignedByte()).isEqualTo(0xff);
                assertThat(file.readUnsignedByte()).isBetween(0xd0, 0xd7);
                assertThat(segments.bytes(row, 0)).isPositive();
            }
        }
    }
}
