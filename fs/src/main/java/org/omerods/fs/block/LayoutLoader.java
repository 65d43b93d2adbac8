package org.omerods.fs.block;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.omerods.fs.plan.ByteRange;
import org.omerods.fs.plan.layout.LayoutIndex;
import org.omerods.fs.plan.layout.LayoutParser;
import org.omerods.fs.plan.layout.SlideLayout;
import org.omerods.storage.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gets the layout of one object: from beside its block file, else from the slide itself, wave by wave. Thread-safe. */
final class LayoutLoader {
    private static final Logger log = LoggerFactory.getLogger(LayoutLoader.class);

    /** Name of the attachment. */
    private static final String ATTACHMENT = "slide-layout";

    /** Tables are fetched in pieces, so that a large one does not come alone. */
    private static final long PIECE_BYTES = 1 << 20;

    /**
     * How it ended.
     *
     * @param layout that was found
     * @param failed whether the place could not be read; it may be tried again
     */
    record Result(Optional<SlideLayout> layout, boolean failed) {}

    private final CachedObject object;
    private final SlideLayouts layouts;

    LayoutLoader(CachedObject object, SlideLayouts layouts) {
        this.object = object;
        this.layouts = layouts;
    }

    /** What was kept. */
    Optional<SlideLayout> restore() {
        Optional<SlideLayout> kept = object.attachment(ATTACHMENT)
                .flatMap(bytes -> LayoutIndex.decode(bytes, object.object().size()));
        kept.ifPresent(_ -> layouts.counters().restored.increment());
        return kept;
    }

    /** A parser if the object begins like a slide. Its first bytes were asked for by somebody else. */
    Optional<LayoutParser> recognise() {
        try {
            byte[] head = object.copy(ByteRange.of(0, LayoutParser.HEAD_BYTES));
            return LayoutParser.of(head, object.object().size());
        } catch (StorageException e) {
            log.debug("{}: not recognised: {}", object.path(), e.getMessage());
            return Optional.empty();
        }
    }

    /** Runs a parser to its end, and keeps what comes out. */
    Result load(LayoutParser parser) {
        long begin = System.nanoTime();
        int waves = 0;
        for (List<ByteRange> wave = parser.next(); !wave.isEmpty(); wave = parser.next()) {
            if (!fetch(wave)) {
                return new Result(Optional.empty(), true);
            }
            try {
                for (ByteRange range : wave) {
                    parser.feed(range, object.copy(range));
                    layouts.counters().indexBytes.add(range.length());
                }
            } catch (StorageException e) {
                log.debug("{}: layout not read: {}", object.path(), e.getMessage());
                return new Result(Optional.empty(), true);
            }
            layouts.counters().waves.increment();
            waves++;
        }
        Optional<SlideLayout> layout = parser.layout();
        if (layout.isPresent()) {
            layouts.counters().parsed.increment();
            object.attach(ATTACHMENT, LayoutIndex.encode(layout.get()));
            log.debug(
                    "{}: {} of {} levels in {} waves, {} ms",
                    object.path(),
                    layout.get().kind(),
                    layout.get().levels().size(),
                    waves,
                    (System.nanoTime() - begin) / 1_000_000);
        } else {
            layouts.counters().notUnderstood.increment();
        }
        return new Result(layout, false);
    }

    /** Brings all ranges of a wave into the block file at the same time. False when it was given up. */
    private boolean fetch(List<ByteRange> wave) {
        List<ByteRange> pieces = new ArrayList<>();
        ByteRange.union(wave).forEach(range -> pieces.addAll(range.cutAt(PIECE_BYTES)));
        CountDownLatch left = new CountDownLatch(pieces.size());
        try {
            for (ByteRange piece : pieces) {
                layouts.requests().acquire();
                boolean started = layouts.runner().execute(() -> {
                    try {
                        object.fetchAhead(piece);
                    } finally {
                        layouts.requests().release();
                        left.countDown();
                    }
                });
                if (!started) {
                    layouts.requests().release();
                    return false;
                }
            }
            left.await();
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
