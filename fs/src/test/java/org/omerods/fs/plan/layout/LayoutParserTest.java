package org.omerods.fs.plan.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ij.IJ;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.omerods.fs.plan.ByteRange;
import org.omerods.slides.SlideFormat;
import org.omerods.slides.SlideSpec;

/** Layouts of made and real slides: each segment is where the file has it, found in few waves. */
class LayoutParserTest {
    private static final SlideSpec SPEC = MadeSlides.SPEC;
    private static final long GIB = 1L << 30;

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(
            value = SlideFormat.class,
            names = {"SVS", "OME_TIFF"})
    void eachTileIsAWholeJpeg(SlideFormat format) throws IOException {
        SlideBytes file = MadeSlides.of(format);
        SlideLayout layout = Parsing.of(file).found();
        assertThat(layout.kind().name()).isEqualTo(format.name());
        assertThat(layout.levels()).hasSize(SPEC.levels().size()).allSatisfy(level -> {
            assertThat(level.grid().segmentWidth()).isEqualTo(512);
            assertThat(level.grid().plane()).isZero();
            for (int i = 0; i < level.grid().segments(); i++) {
                ByteRange tile = level.segment(i);
                assertThat(file.read(tile.start(), 2)).containsExactly(0xff, 0xd8);
                assertThat(file.read(tile.end() - 2, 2)).containsExactly(0xff, 0xd9);
                assertThat(level.segmentAt(tile.start())).isEqualTo(i);
                assertThat(level.segmentAt(tile.end() - 1)).isEqualTo(i);
            }
        });
        assertThat(layout.levels().stream()
                        .mapToLong(level -> level.grid().width())
                        .sorted())
                .containsExactlyElementsOf(SPEC.levels().reversed().stream()
                        .map(level -> (long) level.width())
                        .toList());
    }

    @Test
    void eachSegmentOfAnNdpiBeginsBehindARestartMarker() throws IOException {
        SlideBytes file = MadeSlides.of(SlideFormat.NDPI);
        SlideLayout layout = Parsing.of(file).found();
        assertThat(layout.kind()).isEqualTo(SlideKind.NDPI);
        assertThat(layout.levels()).hasSize(SPEC.levels().size());
        SlideLevel base = layout.levels().getFirst();
        assertThat(base.grid()).isEqualTo(new SlideLevel.Grid(0, 4096, 2048, 512, 8, 8, 256));
        for (int i = 1; i < base.grid().segments(); i++) {
            ByteRange segment = base.segment(i);
            byte[] marker = file.read(segment.start() - 2, 2);
            assertThat(marker[0] & 0xff).isEqualTo(0xff);
            assertThat(marker[1] & 0xff).isEqualTo(0xd0 + (i - 1) % 8);
            assertThat(base.segmentAt(segment.start())).isEqualTo(i);
        }
    }

    @ParameterizedTest
    @CsvSource({"CLASSIC, true", "CLASSIC, false", "BIG, true", "BIG, false"})
    void bothByteOrdersAndBothSizesOfOffsetsAreRead(TiffDialect dialect, boolean little) {
        ByteOrder order = little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        TiffMaker maker = new TiffMaker(dialect, order, 3 * GIB);
        maker.directory(2 * GIB, 2 * GIB + 4096, maker.tiled(20_000, 10_000, 256, 1000, 9000));
        maker.directory(2 * GIB + 200_000, 2 * GIB + 210_000, maker.tiled(10_000, 5_000, 256, GIB, 9000));
        Parsing parsing = Parsing.of(maker.file());
        List<SlideLevel> levels = parsing.found().levels();
        assertThat(parsing.found().kind()).isEqualTo(SlideKind.TIFF);
        assertThat(levels)
                .hasSize(2)
                .allSatisfy(level -> assertThat(level.grid().plane()).isZero());
        assertThat(levels.get(0).grid()).isEqualTo(new SlideLevel.Grid(0, 20_000, 10_000, 256, 256, 79, 40));
        assertThat(levels.get(0).segment(79 * 40 - 1)).isEqualTo(ByteRange.of(1000 + 9000L * (79 * 40 - 1), 9000));
        assertThat(levels.get(1).segment(0)).isEqualTo(ByteRange.of(GIB, 9000));
        assertThat(parsing.found().levelAt(GIB + 5)).isEqualTo(1);
        assertThat(parsing.found().levelAt(2 * GIB)).isEqualTo(-1);
    }

    @Test
    void tablesInClassicAndBigTiffBehindFourGibibytesAreFound() {
        TiffMaker maker = new TiffMaker(TiffDialect.BIG, ByteOrder.LITTLE_ENDIAN, 30 * GIB);
        maker.directory(29 * GIB, 29 * GIB + 4096, maker.tiled(200_000, 100_000, 256, 5 * GIB, 60_000));
        Parsing parsing = Parsing.of(maker.file());
        SlideLevel level = parsing.found().levels().getFirst();
        assertThat(level.segment(300_000).start()).isEqualTo(5 * GIB + 300_000L * 60_000);
        assertThat(parsing.waves()).as("directory and end; tables").isEqualTo(2);
        assertThat(parsing.found().weight())
                .as("five bytes for an offset, four for a length")
                .isLessThan(10L * level.grid().segments());
    }

    /** 188,000 x 100,000 pixels, 4:4:4, an interval of 256 MCUs. */
    @ParameterizedTest
    @CsvSource({"true", "false"})
    void anNdpiAboveFourGibibytesIsReadByItsHighWordsOrByTheWrapOfItsLowOnes(boolean highWords) {
        SlideBytes.Sparse file = largeNdpi(highWords);
        Parsing parsing = Parsing.of(file);
        SlideLevel base = parsing.found().levels().getFirst();
        assertThat(parsing.found().kind()).isEqualTo(SlideKind.NDPI);
        assertThat(base.grid()).isEqualTo(new SlideLevel.Grid(0, 188_416, 100_000, 2048, 8, 92, 12_500));
        assertThat(base.segment(1_000_000).start()).isEqualTo(4096 + 12_000L * 1_000_000);
        assertThat(parsing.waves()).as("directory; JPEG header; tables").isEqualTo(3);
        assertThat(parsing.bytes()).isLessThan(10L << 20);
    }

    static SlideBytes.Sparse largeNdpi(boolean highWords) {
        int count = 92 * 12_500;
        long size = 15 * GIB;
        TiffMaker maker = new TiffMaker(TiffDialect.NDPI, ByteOrder.LITTLE_ENDIAN, size);
        maker.file().put(4096, jpegHeader(256));
        Map<Integer, long[]> tags = new TreeMap<>();
        tags.put(Tags.WIDTH, new long[] {188_416});
        tags.put(Tags.HEIGHT, new long[] {100_000});
        tags.put(Tags.STRIP_OFFSETS, new long[] {4096});
        tags.put(Tags.STRIP_COUNTS, new long[] {14 * GIB});
        tags.put(Tags.NDPI_FORMAT, new long[] {1});
        tags.put(
                Tags.NDPI_STARTS,
                IntStream.range(0, count).mapToLong(i -> 12_000L * i).toArray());
        if (highWords) {
            tags.put(
                    Tags.NDPI_STARTS_HIGH,
                    IntStream.range(0, count)
                            .mapToLong(i -> (12_000L * i) >>> 32)
                            .toArray());
        }
        maker.directory(14 * GIB + 30_000_000, 14 * GIB + 10_000_000, tags);
        return maker.file();
    }

    /** A baseline JPEG's first markers: three components without subsampling, and a restart interval. */
    static byte[] jpegHeader(int interval) {
        int[] bytes = {
            0xff,
            0xd8,
            0xff,
            0xc0,
            0,
            17,
            8,
            0,
            0,
            0,
            0,
            3,
            1,
            0x11,
            0,
            2,
            0x11,
            1,
            3,
            0x11,
            1, //
            0xff,
            0xdd,
            0,
            4,
            interval >> 8,
            interval & 0xff,
            0xff,
            0xda,
            0,
            12
        };
        byte[] header = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            header[i] = (byte) bytes[i];
        }
        return header;
    }

    @Test
    void directoriesFarApartAreFoundOneWaveEachAndTheirTablesInOne() throws IOException {
        Parsing ndpi = Parsing.of(MadeSlides.of(SlideFormat.NDPI));
        int levels = SPEC.levels().size();
        assertThat(ndpi.waves()).as("directories, JPEG headers, tables").isLessThanOrEqualTo(levels + 3);
        Parsing ome = Parsing.of(MadeSlides.of(SlideFormat.OME_TIFF));
        assertThat(ome.waves()).as("first directory; those below it; tables").isLessThanOrEqualTo(4);
    }

    @Test
    void unorderedTilesAreFoundByTheirOffsets() {
        TiffMaker maker = new TiffMaker(TiffDialect.BIG, ByteOrder.LITTLE_ENDIAN, GIB);
        Map<Integer, long[]> tags = maker.tiled(2560, 2560, 256, 100_000, 5000);
        long[] offsets = tags.getOrDefault(Tags.TILE_OFFSETS, new long[0]);
        for (int i = 0; i < 50; i++) {
            long swapped = offsets[i];
            offsets[i] = offsets[99 - i];
            offsets[99 - i] = swapped;
        }
        maker.directory(2000, 10_000, tags);
        SlideLevel level = Parsing.of(maker.file()).found().levels().getFirst();
        for (int i = 0; i < 100; i++) {
            assertThat(level.segment(i).start()).isEqualTo(100_000 + (99 - i) * 5000);
            assertThat(level.segmentAt(100_000 + (99 - i) * 5000 + 4999)).isEqualTo(i);
        }
    }

    @Test
    void tilesThatAreLeftOutAreNoPlace() {
        TiffMaker maker = new TiffMaker(TiffDialect.CLASSIC, ByteOrder.LITTLE_ENDIAN, GIB);
        Map<Integer, long[]> tags = maker.tiled(2560, 2560, 256, 100_000, 5000);
        tags.getOrDefault(Tags.TILE_OFFSETS, new long[0])[3] = 0;
        tags.getOrDefault(Tags.TILE_COUNTS, new long[0])[3] = 0;
        maker.directory(2000, 10_000, tags);
        SlideLevel level = Parsing.of(maker.file()).found().levels().getFirst();
        assertThat(level.segment(3).isEmpty()).isTrue();
        assertThat(level.segmentAt(100_000 + 3 * 5000)).isEqualTo(-1);
        assertThat(level.segmentAt(100_000 + 4 * 5000)).isEqualTo(4);
    }

    @Test
    void aStackOfImageJIsAPlaneForEachImage() {
        Path stack = directory.resolve("stack.tif");
        assertThat(IJ.saveAsTiff(IJ.createImage("stack", "16-bit ramp", 640, 480, 8), stack.toString()))
                .isTrue();
        Parsing parsing = Parsing.of(SlideBytes.of(stack));
        assertThat(parsing.found().levels())
                .hasSize(8)
                .extracting(SlideLevel::grid)
                .allSatisfy(grid -> assertThat(grid.segments()).isEqualTo(1))
                .extracting(SlideLevel.Grid::plane)
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void otherFilesCostNothing() {
        SlideBytes.Sparse zip = new SlideBytes.Sparse(GIB);
        zip.put(0, new byte[] {'P', 'K', 3, 4});
        assertThat(Parsing.of(zip)).isEqualTo(new Parsing(Optional.empty(), 0, 0));
    }

    @Test
    void realSlidesAreUnderstood() {
        Path slides =
                Path.of(System.getProperty("omerods.shared", "../../shared")).resolve("slides");
        assumeTrue(Files.isDirectory(slides), "there are no slides in " + slides);
        SlideLayout svs = Parsing.of(SlideBytes.of(slides.resolve("aperio-cmu-1-small-region.svs")))
                .found();
        assertThat(svs.kind()).isEqualTo(SlideKind.SVS);
        assertThat(svs.levels()).hasSize(1);
        assertThat(svs.levels().getFirst().grid()).isEqualTo(new SlideLevel.Grid(0, 2220, 2967, 240, 240, 10, 13));
        Parsing ndpi = Parsing.of(SlideBytes.of(slides.resolve("hamamatsu-dapi.ndpi")));
        assertThat(ndpi.found().kind()).isEqualTo(SlideKind.NDPI);
        assertThat(ndpi.found().levels()).isNotEmpty();
    }

    @Test
    void theIndexOfALayoutBringsItBack() throws IOException {
        List<SlideLayout> layouts = new ArrayList<>();
        for (SlideFormat format : SlideFormat.values()) {
            layouts.add(Parsing.of(MadeSlides.of(format)).found());
        }
        layouts.add(Parsing.of(largeNdpi(true)).found());
        assertThat(layouts).allSatisfy(layout -> {
            byte[] index = LayoutIndex.encode(layout);
            assertThat(LayoutIndex.decode(index, layout.size())).contains(layout);
            assertThat(LayoutIndex.decode(index, layout.size() + 1)).isEmpty();
            index[index.length / 2] ^= 4;
            assertThat(LayoutIndex.decode(index, layout.size())).isEmpty();
        });
    }
}
