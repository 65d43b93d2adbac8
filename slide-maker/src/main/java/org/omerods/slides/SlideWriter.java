package org.omerods.slides;

import java.io.IOException;

/** A file format: writes one slide. One class per {@link SlideFormat}. */
interface SlideWriter {
    void write(SlideSink sink) throws IOException;
}
