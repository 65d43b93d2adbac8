package org.omerods.slides;

import java.io.IOException;
import org.omerods.slides.jpeg.Scan;

/** Where a slide is written: forward only, but for the few pointers to what comes later. */
interface SlideSink extends Scan.Sink {
    /** Replaces bytes that were written before. */
    void patch(long position, byte[] bytes) throws IOException;

    default void write(byte[] bytes) throws IOException {
        write(bytes, bytes.length);
    }
}
