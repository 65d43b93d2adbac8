package org.omerods.zone.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/**
 * Writes a reply as the server does: a newline behind each closing tag and behind the opening tag of a structure.
 *
 * <p>Not thread safe.
 */
public final class XmlWriter {
    private final StringBuilder out;

    public XmlWriter() {
        this(256);
    }

    /** A writer that expects about {@code capacity} characters. */
    public XmlWriter(int capacity) {
        out = new StringBuilder(capacity);
    }

    public XmlWriter open(String structure) {
        out.append('<').append(structure).append(">\n");
        return this;
    }

    public XmlWriter close(String structure) {
        out.append("</").append(structure).append(">\n");
        return this;
    }

    public XmlWriter number(String tag, long value) {
        out.append('<').append(tag).append('>').append(value);
        return close(tag);
    }

    public XmlWriter text(String tag, String value) {
        out.append('<').append(tag).append('>');
        escape(value);
        return close(tag);
    }

    /** Adds text that is already in the dialect. */
    public XmlWriter raw(CharSequence xml) {
        out.append(xml);
        return this;
    }

    /** A BinBytesBuf_PI: the bytes in base64, with their count. */
    public XmlWriter binaryBuffer(byte[] content) {
        return open("BinBytesBuf_PI")
                .number("buflen", content.length)
                .text("buf", Base64.getEncoder().encodeToString(content))
                .close("BinBytesBuf_PI");
    }

    /** Number of characters so far. */
    public int length() {
        return out.length();
    }

    /** What was written so far, to be added to another writer. */
    public CharSequence content() {
        return out;
    }

    /** The reply body. */
    public byte[] bytes() {
        return out.toString().getBytes(UTF_8);
    }

    private void escape(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&apos;");
                default -> out.append(c);
            }
        }
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
