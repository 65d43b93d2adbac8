package org.omerods.fs.plan.layout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.omerods.fs.plan.ByteRange;

/**
 * Finds out where the tiles of a TIFF-like file are, in waves: {@link #next} says which ranges it needs, all of which may be
 * fetched at once, {@link #feed} takes their bytes. First come the end of the file, where many directories are, and the first
 * directory; then the rest of the chain; then all tables together. Not thread-safe.
 */
public final class LayoutParser {
    /** So many bytes of the file's start are needed to recognise it. */
    public static final int HEAD_BYTES = TiffHeader.BYTES;

    /** Smaller files are read whole sooner than they are understood. */
    public static final long MIN_FILE_BYTES = 1 << 20;

    /**
     * Writers that append directories leave the last ones, and small levels, here: of an NDPI slide the directories of three or
     * four levels, each of which costs a round trip where it is found by the one before.
     */
    private static final long TAIL_BYTES = 512 << 10;

    /** Enough to tell "Aperio" and the root element of OME's XML. */
    private static final long DESCRIPTION_BYTES = 512;

    private final TiffHeader header;
    private final FileBytes bytes;
    private Optional<DirectoryWalk> walk = Optional.empty();
    private Optional<SlideFormat> format = Optional.empty();
    private List<ImageTables> images = List.of();
    private Optional<SlideLayout> layout = Optional.empty();
    private int waves;
    private boolean over;

    private LayoutParser(TiffHeader header, long size) {
        this.header = header;
        this.bytes = new FileBytes(size);
        bytes.setLittleEndian(header.littleEndian());
        bytes.want(size - TAIL_BYTES, size);
    }

    /**
     * A parser for a file that begins so; empty when it is none that can be understood.
     *
     * @param head at least {@link #HEAD_BYTES}
     */
    public static Optional<LayoutParser> of(byte[] head, long size) {
        return size < MIN_FILE_BYTES
                ? Optional.empty()
                : TiffHeader.read(head, size)
                        .filter(header -> header.first() < size || header.wideFirst() < size)
                        .map(header -> new LayoutParser(header, size));
    }

    /** Where the first directory may be. A program that reads there is about to look at the slide. */
    public List<Long> firstDirectory() {
        return header.first() == header.wideFirst()
                ? List.of(header.first())
                : List.of(header.first(), header.wideFirst());
    }

    /** The ranges that are needed next; none when it is over. */
    public List<ByteRange> next() {
        while (!over && advance()) {
            // as far as the bytes lead
        }
        List<ByteRange> asked = bytes.takeAsked();
        over |= asked.isEmpty() || ++waves > LayoutLimits.MAX_WAVES;
        return over ? List.of() : asked;
    }

    /** The bytes of a range that was asked for. */
    public void feed(ByteRange range, byte[] content) {
        bytes.feed(range, content);
    }

    /** What was found, when it is over; empty when there is nothing of use. */
    public Optional<SlideLayout> layout() {
        return layout;
    }

    /** Does the next step. False when it cannot go on without the bytes that it asked for. */
    private boolean advance() {
        if (walk.isEmpty()) {
            return chooseDialect();
        }
        if (format.isEmpty()) {
            boolean complete = walk.get().advance();
            return complete && chooseFormat(walk.get().found());
        }
        boolean prepared = true;
        for (ImageTables image : images) {
            prepared &= image.prepare(bytes);
        }
        boolean complete = prepared;
        if (prepared) {
            for (ImageTables image : images) {
                complete &= image.ask(bytes);
            }
        }
        if (complete) {
            layout = build();
            over = true;
        }
        return complete;
    }

    private boolean chooseDialect() {
        if (header.big()) {
            return walkFrom(header.first(), TiffDialect.BIG);
        }
        FileBytes.State near = DirectoryWalk.here(bytes, TiffDialect.CLASSIC, header.first());
        FileBytes.State far = header.wideFirst() == header.first()
                ? FileBytes.State.REFUSED
                : DirectoryWalk.here(bytes, TiffDialect.NDPI, header.wideFirst());
        if (near == FileBytes.State.ASKED || far == FileBytes.State.ASKED) {
            return false;
        }
        if (far == FileBytes.State.HERE && isNdpi(TiffDialect.NDPI, header.wideFirst())) {
            return walkFrom(header.wideFirst(), TiffDialect.NDPI);
        }
        if (near != FileBytes.State.HERE) {
            over = true;
            return false;
        }
        boolean ndpi = isNdpi(TiffDialect.CLASSIC, header.first());
        return walkFrom(header.first(), ndpi ? TiffDialect.NDPI : TiffDialect.CLASSIC);
    }

    private boolean isNdpi(TiffDialect dialect, long offset) {
        return Directory.read(bytes, dialect, offset, 0, false).has(Tags.NDPI_FORMAT);
    }

    private boolean walkFrom(long first, TiffDialect dialect) {
        walk = Optional.of(new DirectoryWalk(bytes, dialect, first));
        return true;
    }

    private boolean chooseFormat(List<Directory> directories) {
        if (directories.isEmpty()) {
            over = true;
            return false;
        }
        Directory first = directories.getFirst();
        Optional<Field> text = first.field(Tags.DESCRIPTION).filter(field -> field.type() == TiffType.ASCII);
        long length =
                text.map(field -> Math.min(field.bytes(), DESCRIPTION_BYTES)).orElse(0L);
        FileBytes.State state =
                text.map(field -> bytes.need(field.at(), length)).orElse(FileBytes.State.REFUSED);
        if (state == FileBytes.State.ASKED) {
            return false;
        }
        String description = state == FileBytes.State.HERE
                ? ascii(bytes.slice(text.orElseThrow().at(), (int) length))
                : "";
        SlideFormat chosen = SlideFormat.ALL.stream()
                .filter(candidate -> candidate.recognises(first, description))
                .findFirst()
                .orElseThrow();
        format = Optional.of(chosen);
        images = chosen.images(directories, bytes);
        return true;
    }

    private static String ascii(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length);
        for (byte b : bytes) {
            text.append((char) (b & 0xff));
        }
        return text.toString();
    }

    private Optional<SlideLayout> build() {
        List<SlideLevel> levels = new ArrayList<>();
        for (ImageTables image : images) {
            level(image).ifPresent(levels::add);
        }
        levels.sort(Comparator.comparingLong(SlideLevel::first));
        return levels.isEmpty()
                ? Optional.empty()
                : Optional.of(new SlideLayout(
                        format.orElseThrow().kind(), bytes.size(), levels, ByteRange.union(bytes.read())));
    }

    /** Tables that contradict themselves are as good as none. */
    private Optional<SlideLevel> level(ImageTables image) {
        try {
            return image.level(bytes);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
