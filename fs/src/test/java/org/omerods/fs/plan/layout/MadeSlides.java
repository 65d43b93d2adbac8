package org.omerods.fs.plan.layout;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.omerods.slides.SlideFormat;
import org.omerods.slides.SlideMaker;
import org.omerods.slides.SlideSpec;

/** A small slide of each format, made once and kept in memory. */
public final class MadeSlides {
    /** 4096 x 2048 pixels, intervals of 512. */
    public static final SlideSpec SPEC = new SlideSpec(SlideFormat.NDPI, 4096, 2048, 1, 64, 90, 3);

    private static final Map<SlideFormat, byte[]> made = new EnumMap<>(SlideFormat.class);

    private MadeSlides() {}

    static SlideBytes of(SlideFormat format) throws IOException {
        byte[] content = content(format);
        return new SlideBytes() {
            @Override
            public long size() {
                return content.length;
            }

            @Override
            public byte[] read(long offset, int length) {
                return Arrays.copyOfRange(content, (int) offset, (int) offset + length);
            }
        };
    }

    /** The layout of an NDPI of 188,416 x 100,000 pixels: 14 GiB, 92 intervals of 12,000 bytes in a row. */
    public static SlideLayout large() {
        return Parsing.of(LayoutParserTest.largeNdpi(true)).found();
    }

    /** A file of the tests' resources, as text. */
    public static String resource(String name) throws IOException {
        try (InputStream in = MadeSlides.class.getResourceAsStream("/org/omerods/fs/plan/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The layout of the slide of a format. */
    public static SlideLayout layout(SlideFormat format) throws IOException {
        return Parsing.of(of(format)).found();
    }

    /** The bytes of the slide of a format. */
    public static synchronized byte[] content(SlideFormat format) throws IOException {
        byte[] content = made.get(format);
        if (content == null) {
            Path file = Files.createTempFile("slide", "." + format.extension());
            try {
                SlideMaker.write(SPEC.in(format), file, (_, _) -> {});
                content = Files.readAllBytes(file);
            } finally {
                Files.delete(file);
            }
            made.put(format, content);
        }
        return content;
    }
}
