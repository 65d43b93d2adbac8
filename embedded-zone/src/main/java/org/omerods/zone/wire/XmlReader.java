package org.omerods.zone.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a request in the XML dialect of the protocol: expected tags, in the defined order, and nothing else.
 *
 * <p>It is no XML parser on purpose. The dialect has no declaration, attributes, comments or CDATA; white space counts
 * inside text and is skipped between elements; a missing number is 0, a missing structure or text an error. Not thread safe.
 */
public final class XmlReader {
    private static final Pattern UNKNOWN_ENTITY = Pattern.compile("&(?!(?:lt|gt|quot|apos|amp);)");

    /** No character of Java takes more bytes in UTF-8. */
    private static final long MAX_UTF8 = 3;

    /** One character per byte, so that names that are not UTF-8 are noticed when a text is taken, not before. */
    private final String raw;

    private int position;

    /** Reads {@code message} up to a NUL, which ends it. */
    public XmlReader(byte[] message) {
        String text = new String(message, ISO_8859_1);
        int nul = text.indexOf('\0');
        raw = nul < 0 ? text : text.substring(0, nul);
    }

    /** Enters a structure that has to be here. */
    public void open(String structure) throws ApiException {
        if (!at(structure)) {
            throw malformed(structure);
        }
        position += structure.length() + 2;
    }

    /** Leaves a structure; elements that were not asked for are an error, except those of an empty list. */
    public void close(String structure) throws ApiException {
        skipBlanks();
        String tag = "</" + structure + ">";
        if (!raw.startsWith(tag, position)) {
            throw malformed(structure);
        }
        position += tag.length();
    }

    /** Whether the next element is {@code tag}. */
    public boolean at(String tag) {
        skipBlanks();
        return raw.startsWith(tag, position + 1)
                && position < raw.length()
                && raw.charAt(position) == '<'
                && position + 1 + tag.length() < raw.length()
                && raw.charAt(position + 1 + tag.length()) == '>';
    }

    /** The text of an element that has to be here, at most {@code maxBytes} long with its end mark. */
    public String text(String tag, int maxBytes) throws ApiException {
        if (!at(tag)) {
            throw malformed(tag);
        }
        String value = content(tag);
        if (value.length() * MAX_UTF8 >= maxBytes && value.getBytes(UTF_8).length >= maxBytes) {
            throw new ApiException(Status.FIELD_TOO_LONG, tag + " is longer than " + maxBytes + " bytes");
        }
        return value;
    }

    /** The text of an element that has to be here, of any length. */
    public String text(String tag) throws ApiException {
        return text(tag, Integer.MAX_VALUE);
    }

    /** The text of an element, empty where the element is missing: null pointers are left out by C clients. */
    public String optionalText(String tag) throws ApiException {
        return at(tag) ? content(tag) : "";
    }

    /** A 64-bit number, 0 where the element is missing. */
    public long number(String tag) throws ApiException {
        if (!at(tag)) {
            return 0;
        }
        String text = content(tag).strip();
        try {
            return text.isEmpty() ? 0 : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw malformed(tag);
        }
    }

    /** A 32-bit number, 0 where the element is missing; cut as a C integer would be. */
    public int integer(String tag) throws ApiException {
        return (int) number(tag);
    }

    /** Passes over a whole element, whatever it holds. */
    public void skip(String tag) throws ApiException {
        int end = raw.indexOf("</" + tag + ">", position);
        if (end < 0) {
            throw malformed(tag);
        }
        position = end + tag.length() + 3;
    }

    private String content(String tag) throws ApiException {
        int start = position + tag.length() + 2;
        int end = raw.indexOf("</" + tag + ">", start);
        if (end < 0) {
            throw malformed(tag);
        }
        position = end + tag.length() + 3;
        String text = raw.substring(start, end);
        return decode(unescape(text));
    }

    private static String decode(String text) throws ApiException {
        try {
            return UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(text.getBytes(ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ApiException(Status.SQL, "text is not UTF-8");
        }
    }

    /**
     * The five entities. Any other ampersand damages the text as on the real server: what precedes it comes twice. So a client
     * that sends numeric entities fails here, too.
     */
    private static String unescape(String text) {
        if (text.indexOf('&') < 0) {
            return text;
        }
        Matcher unknown = UNKNOWN_ENTITY.matcher(text);
        String readable = unknown.find() ? text.substring(0, unknown.start()) + text : text;
        return readable.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&apos;", "'")
                .replace("&amp;", "&");
    }

    private void skipBlanks() {
        while (position < raw.length() && Character.isWhitespace(raw.charAt(position))) {
            position++;
        }
    }

    private static ApiException malformed(String tag) {
        return new ApiException(Status.BODY_MALFORMED, "element " + tag + " is missing or damaged");
    }
}
