package org.omerods.storage.irods.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.omerods.storage.NameCodec;

/**
 * Reads a structure that the server wrote, front to back. Works on bytes, because answers are not always well-formed XML:
 * names may hold raw control characters, a carriage return must stay one, and bytes that are no UTF-8 must not cost the
 * whole page. Strict about elements and their order; knows the five named entities and leaves any other {@code &} alone.
 * Not thread-safe.
 */
public final class XmlReader {
    private static final byte[][] ENTITIES = {
        ascii("&amp;"), ascii("&lt;"), ascii("&gt;"), ascii("&quot;"), ascii("&apos;")
    };
    private static final byte[] ENTITY_BYTES = ascii("&<>\"'");

    private final byte[] bytes;
    private int at;

    public XmlReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Steps into an element. */
    public void open(String name) throws MalformedMessage {
        if (!at(name)) {
            throw expected("<" + name + ">");
        }
        at += name.length() + 2;
    }

    /** Steps out of an element. */
    public void close(String name) throws MalformedMessage {
        skipWhiteSpace();
        closeHere(name);
    }

    /** Whether the next thing is this element's start. */
    public boolean at(String name) {
        skipWhiteSpace();
        int end = at + name.length() + 1;
        return end < bytes.length && bytes[at] == '<' && bytes[end] == '>' && matches(at + 1, name);
    }

    /** Whether an element is here; if so, steps over its start. */
    public boolean openIfAt(String name) {
        boolean here = at(name);
        if (here) {
            at += name.length() + 2;
        }
        return here;
    }

    /** The text of an element; bytes that are not UTF-8 become lone surrogates. */
    public String text(String name) throws MalformedMessage {
        open(name);
        int start = at;
        boolean entities = false;
        while (at < bytes.length && bytes[at] != '<') {
            entities |= bytes[at] == '&';
            at++;
        }
        String text = entities ? unescaped(start, at) : decoded(bytes, start, at - start);
        closeHere(name);
        return text;
    }

    /** The whole number in an element; blanks around it and leading zeros are fine. */
    public long number(String name) throws MalformedMessage {
        String text = text(name).strip();
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new MalformedMessage("element " + name + " should hold a number but holds '" + text + "'");
        }
    }

    public int integer(String name) throws MalformedMessage {
        long value = number(name);
        if (value != (int) value) {
            throw new MalformedMessage("element " + name + " is out of range: " + value);
        }
        return (int) value;
    }

    private void closeHere(String name) throws MalformedMessage {
        int end = at + name.length() + 2;
        if (end >= bytes.length
                || bytes[at] != '<'
                || bytes[at + 1] != '/'
                || bytes[end] != '>'
                || !matches(at + 2, name)) {
            throw expected("</" + name + ">");
        }
        at = end + 1;
    }

    private boolean matches(int from, String name) {
        for (int i = 0; i < name.length(); i++) {
            if (bytes[from + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void skipWhiteSpace() {
        while (at < bytes.length && (bytes[at] == '\n' || bytes[at] == ' ' || bytes[at] == '\r' || bytes[at] == '\t')) {
            at++;
        }
    }

    private String unescaped(int start, int end) {
        byte[] plain = new byte[end - start];
        int length = 0;
        int from = start;
        while (from < end) {
            int entity = bytes[from] == '&' ? entityAt(from) : -1;
            if (entity >= 0) {
                plain[length++] = ENTITY_BYTES[entity];
                from += ENTITIES[entity].length;
            } else {
                plain[length++] = bytes[from++];
            }
        }
        return decoded(plain, 0, length);
    }

    private int entityAt(int from) {
        for (int i = 0; i < ENTITIES.length; i++) {
            byte[] entity = ENTITIES[i];
            if (from + entity.length <= bytes.length
                    && Arrays.equals(bytes, from, from + entity.length, entity, 0, entity.length)) {
                return i;
            }
        }
        return -1;
    }

    /** The usual case, valid UTF-8, goes the JDK's fast way; U+FFFD tells of the other. */
    private static String decoded(byte[] from, int start, int length) {
        String text = new String(from, start, length, StandardCharsets.UTF_8);
        return text.indexOf('\uFFFD') < 0 ? text : NameCodec.decode(Arrays.copyOfRange(from, start, start + length));
    }

    private MalformedMessage expected(String what) {
        int shown = Math.min(40, bytes.length - at);
        String found = shown <= 0 ? "the end" : "'" + decoded(bytes, at, shown) + "'";
        return new MalformedMessage("expected " + what + " at byte " + at + " of " + bytes.length + ", found " + found);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
