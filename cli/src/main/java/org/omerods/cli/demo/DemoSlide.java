package org.omerods.cli.demo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.omerods.cli.terminal.ProgressBar;
import org.omerods.slides.SlideMaker;
import org.omerods.slides.SlideReport;
import org.omerods.slides.SlideSpec;

/** The slide of the demo: how it is made, where its tile is cut, how its bytes are compared. */
final class DemoSlide {
    static final String NAME = "demo.ndpi";

    /** One read of the whole file: as large as the kernel's largest request. */
    private static final int READ_BYTES = 1 << 20;

    private DemoSlide() {}

    static SlideReport make(long bytes, Path target) throws IOException {
        try (ProgressBar bar = new ProgressBar("making the slide")) {
            return SlideMaker.write(SlideSpec.ofBytes(bytes), target, bar::advance);
        }
    }

    /** The tile lies where glands, stroma and labels are seen: in the right piece of tissue. */
    static int tileX(int width) {
        return labelledSquare(width * 0.78);
    }

    static int tileY(int height) {
        return labelledSquare(height * 0.36);
    }

    /** Shortly before a multiple of 512, so that a label stands near the corner. */
    private static int labelledSquare(double position) {
        return Math.max(0, (int) position / 512 * 512 - 64);
    }

    /** Reads a file from its first to its last byte; returns its SHA-256 in hexadecimal. */
    static String sha256(Path file, String what) throws IOException {
        MessageDigest digest = digest();
        ByteBuffer buffer = ByteBuffer.allocate(READ_BYTES);
        try (FileChannel channel = FileChannel.open(file);
                ProgressBar bar = new ProgressBar(what)) {
            long size = channel.size();
            long done = 0;
            while (channel.read(buffer) >= 0) {
                done += buffer.flip().remaining();
                digest.update(buffer);
                buffer.clear();
                bar.advance(done, size);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
