package org.omerods.slides.jpeg;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** What stands in a JPEG before its entropy-coded data. Immutable. */
public final class JpegHeader {
    /** The largest side that readers built on libjpeg take; above it slide scanners write 0 and readers use TIFF's. */
    public static final int MAX_SIDE = 65_500;

    private static final int COMPONENTS = 3;

    private final int quality;

    public JpegHeader(int quality) {
        this.quality = quality;
    }

    /**
     * A header up to the scan's first byte.
     *
     * @param restartInterval MCUs between restart markers; 0 for none
     */
    public byte[] bytes(int width, int height, int restartInterval, String comment) {
        Quantization quantization = new Quantization(quality);
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        out.writeBytes(new byte[] {(byte) 0xff, (byte) 0xd8});
        segment(out, 0xe0, new byte[] {'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0});
        segment(out, 0xfe, (comment + "\0").getBytes(StandardCharsets.US_ASCII));
        segment(out, 0xdb, quantization.segment(true));
        segment(out, 0xdb, quantization.segment(false));
        segment(out, 0xc0, frame(width, height));
        segment(out, 0xc4, HuffmanTable.LUMINANCE_DC.segment());
        segment(out, 0xc4, HuffmanTable.LUMINANCE_AC.segment());
        segment(out, 0xc4, HuffmanTable.CHROMINANCE_DC.segment());
        segment(out, 0xc4, HuffmanTable.CHROMINANCE_AC.segment());
        if (restartInterval > 0) {
            segment(out, 0xdd, new byte[] {(byte) (restartInterval >> 8), (byte) restartInterval});
        }
        segment(out, 0xda, new byte[] {COMPONENTS, 1, 0x00, 2, 0x11, 3, 0x11, 0, 63, 0});
        return out.toByteArray();
    }

    private static byte[] frame(int width, int height) {
        int w = width > MAX_SIDE ? 0 : width;
        int h = height > MAX_SIDE ? 0 : height;
        return new byte[] {
            8, (byte) (h >> 8), (byte) h, (byte) (w >> 8), (byte) w, COMPONENTS, 1, 0x11, 0, 2, 0x11, 1, 3, 0x11, 1
        };
    }

    private static void segment(ByteArrayOutputStream out, int marker, byte[] body) {
        int length = body.length + 2;
        out.writeBytes(new byte[] {(byte) 0xff, (byte) marker, (byte) (length >> 8), (byte) length});
        out.writeBytes(body);
    }
}
