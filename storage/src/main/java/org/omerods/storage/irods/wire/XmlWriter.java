package org.omerods.storage.irods.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.omerods.storage.NameCodec;

/**
 * Writes a structure in the server's dialect: elements in the defined order, no attributes, the five named entities and
 * no other (the server damages text that holds a numeric one), every other byte as it is, control characters included.
 * Not thread-safe.
 */
public final class XmlWriter {
    private static final int INITIAL_BYTES = 512;

    private byte[] bytes = new byte[INITIAL_BYTES];
    private int length;

    public XmlWriter open(String name) {
        put('<').ascii(name).put('>');
        return this;
    }

    public XmlWriter close(String name) {
        put('<').put('/').ascii(name).put('>');
        return this;
    }

    public XmlWriter number(String name, long value) {
        return open(name).ascii(Long.toString(value)).close(name);
    }

    /** An element with text; lone surrogates become the bytes that they stand for. */
    public XmlWriter text(String name, String value) {
        open(name);
        for (byte b : NameCodec.encode(value)) {
            switch (b) {
                case '&' -> ascii("&amp;");
                case '<' -> ascii("&lt;");
                case '>' -> ascii("&gt;");
                case '"' -> ascii("&quot;");
                case '\'' -> ascii("&apos;");
                default -> put(b);
            }
        }
        return close(name);
    }

    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    private XmlWriter ascii(String text) {
        byte[] ascii = text.getBytes(StandardCharsets.ISO_8859_1);
        ensure(ascii.length);
        System.arraycopy(ascii, 0, bytes, length, ascii.length);
        length += ascii.length;
        return this;
    }

    private XmlWriter put(int b) {
        ensure(1);
        bytes[length++] = (byte) b;
        return this;
    }

    private void ensure(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
