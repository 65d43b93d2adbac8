package org.omerods.storage;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Names between bytes and text without loss. Valid UTF-8 becomes that text; each byte that is not part of valid UTF-8
 * becomes the lone surrogate U+DC00 + byte (U+DC80 to U+DCFF), which no valid text holds, and comes back as that byte.
 * The same convention as Python's "surrogateescape" (PEP 383), so that such names can be exchanged with Python programs.
 */
public final class NameCodec {
    private static final char ESCAPE = 0xDC00;

    private NameCodec() {}

    /** Text of a name that came from a server or the kernel. Never fails. */
    public static String decode(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        while (true) {
            CoderResult result = decoder.decode(in, out, true);
            if (!result.isError()) {
                return out.flip().toString();
            }
            for (int i = 0; i < result.length(); i++) {
                out.put((char) (ESCAPE + (in.get() & 0xFF)));
            }
            decoder.reset();
        }
    }

    /** Bytes of a name: the inverse of {@link #decode}. */
    public static byte[] encode(String name) {
        CharsetEncoder encoder = StandardCharsets.UTF_8
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer in = CharBuffer.wrap(name);
        ByteBuffer out = ByteBuffer.allocate(name.length() * 3);
        while (true) {
            CoderResult result = encoder.encode(in, out, true);
            if (!result.isError()) {
                byte[] bytes = new byte[out.flip().remaining()];
                out.get(bytes);
                return bytes;
            }
            for (int i = 0; i < result.length(); i++) {
                char c = in.get();
                boolean escaped = c >= ESCAPE + 0x80 && c <= ESCAPE + 0xFF;
                out.put(escaped ? (byte) (c - ESCAPE) : (byte) '?');
            }
            encoder.reset();
        }
    }
}
