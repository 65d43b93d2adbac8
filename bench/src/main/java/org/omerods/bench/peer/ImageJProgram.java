package org.omerods.bench.peer;

import ij.IJ;
import ij.ImagePlus;
import ij.io.FileSaver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;

/**
 * A person who looks at a stack of planes with ImageJ, which keeps it on the disk and reads a plane when it is shown (File, Import,
 * TIFF Virtual Stack). As a program it is what bench/traces/imagej-stack.trace was recorded of.
 */
public final class ImageJProgram {
    private static final int PLANES = 96;
    private static final int WIDTH = 1024;
    private static final int JUMPS = 32;

    private ImageJProgram() {}

    /** Makes the stack: planes of 2 MiB, 16 bits a pixel, as ImageJ saves them. */
    public static void write(Path file) throws IOException {
        System.setProperty("java.awt.headless", "true");
        ImagePlus stack = IJ.createImage("stack", "16-bit ramp", WIDTH, WIDTH, PLANES);
        for (int plane = 1; plane <= PLANES; plane++) {
            stack.getStack().getProcessor(plane).add(plane);
        }
        if (!new FileSaver(stack).saveAsTiffStack(file.toString())) {
            throw new IOException("ImageJ could not save " + file);
        }
    }

    /** Looks through the planes once, then here and there; returns a digest of the pixels seen. */
    public static long look(Path file) {
        System.setProperty("java.awt.headless", "true");
        ImagePlus stack = IJ.openVirtual(file.toString());
        long digest = 0;
        for (int plane = 1; plane <= stack.getStackSize(); plane++) {
            digest = see(stack, plane, digest);
        }
        Random random = new Random(1);
        for (int i = 0; i < JUMPS; i++) {
            digest = see(stack, 1 + random.nextInt(stack.getStackSize()), digest);
        }
        return digest;
    }

    private static long see(ImagePlus stack, int plane, long digest) {
        return digest * 31
                + java.util.Arrays.hashCode(
                        (short[]) stack.getStack().getProcessor(plane).getPixels());
    }

    /** @param arguments a file; it is made when it is not there */
    public static void main(String... arguments) throws IOException {
        Path file = Path.of(arguments[0]);
        if (!file.toFile().exists()) {
            write(file);
        }
        System.out.println(look(file));
    }
}
