package org.omerods.fs.plan.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.omerods.fs.plan.ByteRange;
import org.omerods.slides.SlideFormat;

/** Damaged and hostile files: whatever they say, the parser ends, within its limits, with a layout that is inside the file. */
class LayoutFuzzTest {
    private static final long SEED = 20261125;
    private static final int ROUNDS = 200;
    private static final long GIB = 1L << 30;

    /** Bytes of a real slide's structure are changed: single bits, extreme numbers, bytes from elsewhere. */
    @ParameterizedTest
    @EnumSource(SlideFormat.class)
    void aDamagedSlideCostsNothingButSpeed(SlideFormat format) throws IOException {
        SlideBytes slide = MadeSlides.of(format);
        List<ByteRange> index = Parsing.of(slide).found().index();
        for (int round = 0; round < ROUNDS; round++) {
            Random random = new Random(SEED + round);
            Mutated mutated = new Mutated(slide, index, random);
            assertBounded(Parsing.of(mutated), mutated, "seed " + (SEED + round));
        }
    }

    private static void assertBounded(Parsing parsing, SlideBytes file, String seed) {
        assertThat(parsing.waves()).as(seed).isLessThanOrEqualTo(LayoutLimits.MAX_WAVES);
        assertThat(parsing.bytes()).as(seed).isLessThanOrEqualTo(LayoutLimits.indexBytes(file.size()));
        parsing.layout()
                .ifPresent(layout -> assertThat(layout.levels()).as(seed).allSatisfy(level -> {
                    assertThat(level.end()).isLessThanOrEqualTo(file.size());
                    assertThat(IntStream.range(0, level.grid().segments())
                                    .mapToObj(level::segment)
                                    .allMatch(segment -> segment.end() <= file.size()))
                            .isTrue();
                    assertThat(level.segmentAt(level.end())).isEqualTo(-1);
                }));
    }

    /** A file whose structure was changed at up to eight places. */
    private static final class Mutated implements SlideBytes {
        private final SlideBytes original;
        private final TreeMap<Long, Byte> changed = new TreeMap<>();

        Mutated(SlideBytes original, List<ByteRange> where, Random random) {
            this.original = original;
            for (int i = 1 + random.nextInt(8); i > 0; i--) {
                ByteRange range = where.get(random.nextInt(where.size()));
                long at = range.start() + random.nextLong(range.length());
                byte[] before = original.read(at, 1);
                switch (random.nextInt(3)) {
                    case 0 -> changed.put(at, (byte) (before[0] ^ (1 << random.nextInt(8))));
                    case 1 -> {
                        byte extreme = (byte) (random.nextBoolean() ? 0xff : 0);
                        for (long j = at / 4 * 4; j < at / 4 * 4 + 4; j++) {
                            changed.put(j, extreme);
                        }
                    }
                    default -> changed.put(at, original.read(range.start() + random.nextLong(range.length()), 1)[0]);
                }
            }
        }

        @Override
        public long size() {
            return original.size();
        }

        @Override
        public byte[] read(long offset, int length) {
            byte[] bytes = original.read(offset, length);
            changed.subMap(offset, offset + length).forEach((at, value) -> bytes[(int) (at - offset)] = value);
            return bytes;
        }
    }

    @Test
    void aChainThatLoopsEnds() {
        TiffMaker maker = new TiffMaker(TiffDialect.CLASSIC, ByteOrder.LITTLE_ENDIAN, GIB);
        maker.directory(1000, 10_000, maker.tiled(2560, 2560, 256, 100_000, 5000));
        maker.directory(50_000_000, 50_010_000, maker.tiled(1280, 1280, 256, 1_000_000, 5000));
        maker.link(1000);
        Parsing parsing = Parsing.of(maker.file());
        assertThat(parsing.found().levels()).hasSize(2);
        assertThat(parsing.waves()).isLessThanOrEqualTo(4);
    }

    @Test
    void aChainWithoutEndIsGivenUp() {
        TiffMaker maker = new TiffMaker(TiffDialect.BIG, ByteOrder.LITTLE_ENDIAN, 4 * GIB);
        for (int i = 0; i < 2000; i++) {
            maker.directory(1_000_000 + i * 1_000_000L, 1_010_000 + i * 1_000_000L, Map.of(Tags.WIDTH, new long[] {1}));
        }
        assertBounded(Parsing.of(maker.file()), maker.file(), "2000 directories");
    }

    @Test
    void tablesThatClaimTheWholeFileAreNotRead() {
        TiffMaker maker = new TiffMaker(TiffDialect.BIG, ByteOrder.LITTLE_ENDIAN, GIB);
        Map<Integer, long[]> tags = maker.tiled(512, 512, 256, 100_000, 5000);
        tags.put(Tags.WIDTH, new long[] {(1 << 30) - 1});
        tags.put(Tags.HEIGHT, new long[] {1 << 30});
        maker.directory(1000, 10_000, tags);
        Parsing parsing = Parsing.of(maker.file());
        assertThat(parsing.layout()).isEmpty();
        assertThat(parsing.bytes()).isLessThan(1 << 20);
    }

    @Test
    void aDamagedIndexIsNoLayout() throws IOException {
        SlideLayout layout = Parsing.of(MadeSlides.of(SlideFormat.NDPI)).found();
        byte[] index = LayoutIndex.encode(layout);
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] damaged = Arrays.copyOf(index, random.nextInt(index.length));
            assertThat(LayoutIndex.decode(damaged, layout.size()))
                    .as("length " + damaged.length)
                    .isEmpty();
        }
    }
}
