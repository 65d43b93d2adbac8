package org.omerods.cli.demo;

import java.io.IOException;
import java.nio.file.Path;

/** A program that is not ours and that reads slides. Each call opens the slide anew, as a viewer's request does. */
interface SlideReader {
    /** What reads the slide, for the report: a sentence's subject such as {@code OpenSlide 3.4.1}. */
    String name();

    /** Reads what the slide tells about itself; returns one line of it. */
    String properties(Path slide) throws IOException, InterruptedException;

    /** Writes a picture of the whole slide; returns what it shows, in words. */
    String overview(Path slide, Path png) throws IOException, InterruptedException;

    /** Writes a picture of a piece at the highest resolution that the program can read; returns what it shows. */
    String tile(Path slide, Path png) throws IOException, InterruptedException;
}
