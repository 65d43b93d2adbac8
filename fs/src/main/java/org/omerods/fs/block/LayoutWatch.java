package org.omerods.fs.block;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.omerods.fs.plan.ByteRange;
import org.omerods.fs.plan.layout.LayoutParser;
import org.omerods.fs.plan.layout.SlideLayout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether an object is a slide, and learns its layout when somebody begins to look at it, which is when its first
 * directory is read, or several places behind its head, since the directory may have been in a cache above: a listing program
 * that looks at the first bytes of all files costs nothing. All work is done in the background. Thread-safe.
 */
final class LayoutWatch {
    private static final Logger log = LoggerFactory.getLogger(LayoutWatch.class);

    /** A server that failed may be back at the next look; a file that cannot be parsed is not tried again. */
    private static final int MAX_ATTEMPTS = 3;

    /** Reads that are remembered until it is known where the first directory is. */
    private static final int MAX_REMEMBERED = 16;

    /** Places behind the head that were read by somebody who is no listing program. */
    private static final int MIN_LOOKS = 4;

    private enum State {
        /** Nothing was read yet, or nothing that tells anything. */
        NEW,
        /** Something is being found out in the background. */
        BUSY,
        /** A slide that nobody has looked at. */
        RECOGNISED,
        KNOWN,
        NO_SLIDE
    }

    private final CachedObject object;
    private final ReadAhead readAhead;
    private final SlideLayouts layouts;
    private final LayoutLoader loader;

    /** All guarded by the monitor; the state is read without it, since it is NO_SLIDE or KNOWN most of the time. */
    private volatile State state;

    private final List<ByteRange> reads = new ArrayList<>();
    private Optional<LayoutParser> parser = Optional.empty();
    private boolean attachmentSeen;
    private int attempts;

    LayoutWatch(CachedObject object, ReadAhead readAhead, SlideLayouts layouts) {
        this.object = object;
        this.readAhead = readAhead;
        this.layouts = layouts;
        this.loader = new LayoutLoader(object, layouts);
        this.state =
                layouts.enabled() && object.object().size() >= LayoutParser.MIN_FILE_BYTES ? State.NEW : State.NO_SLIDE;
    }

    void follow(ByteRange read) {
        switch (state) {
            case NO_SLIDE -> {}
            case KNOWN -> restoreIfForgotten();
            case NEW, BUSY, RECOGNISED -> advance(read);
        }
    }

    private void restoreIfForgotten() {
        if (!readAhead.knowsLayout()) {
            synchronized (this) {
                if (state == State.KNOWN) {
                    attachmentSeen = false;
                    start(this::restore);
                }
            }
        }
    }

    private synchronized void advance(ByteRange read) {
        if (reads.size() < MAX_REMEMBERED) {
            reads.add(read);
        }
        if (state == State.NEW && !attachmentSeen) {
            start(this::restore);
        } else if (state == State.NEW && sawTheHead()) {
            start(this::recognise);
        } else if (state == State.RECOGNISED && (isDirectory(read) || isLookedAt())) {
            start(this::load);
        }
    }

    private boolean sawTheHead() {
        return reads.stream().anyMatch(read -> read.start() == 0 && read.end() >= LayoutParser.HEAD_BYTES);
    }

    private boolean isLookedAt() {
        long looks = reads.stream()
                .filter(read -> read.start() >= LayoutParser.HEAD_BYTES
                        && reads.stream().noneMatch(before -> before.end() == read.start()))
                .count();
        return sawTheDirectory() || looks >= MIN_LOOKS;
    }

    /** Programs that look at heads alone read once. */
    private boolean sawTheDirectory() {
        return reads.size() > 1 && reads.stream().anyMatch(this::isDirectory);
    }

    private boolean isDirectory(ByteRange read) {
        return reads.size() > 1
                && parser.isPresent()
                && parser.get().firstDirectory().stream().anyMatch(at -> read.start() <= at && at < read.end());
    }

    private void start(Runnable work) {
        state = State.BUSY;
        if (!layouts.runner().execute(work)) {
            state = State.NO_SLIDE;
        }
    }

    private void restore() {
        boolean restored = loader.restore().map(this::learnt).orElse(false);
        synchronized (this) {
            attachmentSeen = true;
            state = restored ? State.KNOWN : State.NEW;
            if (state == State.NEW && sawTheHead()) {
                start(this::recognise);
            }
        }
    }

    private boolean learnt(SlideLayout layout) {
        readAhead.learn(layout);
        if (!object.protect(layout.index())) {
            log.debug("{}: its index does not fit into what may be protected", object.path());
        }
        return true;
    }

    private void recognise() {
        Optional<LayoutParser> found = loader.recognise();
        synchronized (this) {
            parser = found;
            state = found.isPresent() ? State.RECOGNISED : State.NO_SLIDE;
            if (state == State.RECOGNISED && isLookedAt()) {
                start(this::load);
            }
        }
    }

    private void load() {
        LayoutLoader.Result result = loader.load(parser.orElseThrow());
        boolean known = result.layout().map(this::learnt).orElse(false);
        synchronized (this) {
            parser = Optional.empty();
            reads.clear();
            boolean again = result.failed() && ++attempts < MAX_ATTEMPTS;
            state = known ? State.KNOWN : again ? State.NEW : State.NO_SLIDE;
        }
    }
}
