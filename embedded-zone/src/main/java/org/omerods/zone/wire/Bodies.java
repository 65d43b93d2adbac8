package org.omerods.zone.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Base64;

/** The small bodies that many calls share. */
public final class Bodies {
    private Bodies() {}

    /** STR_PI with one text. */
    public static byte[] string(String text) {
        return new XmlWriter(text.length() + 64)
                .open("STR_PI")
                .text("myStr", text)
                .close("STR_PI")
                .bytes();
    }

    /** BinBytesBuf_PI with JSON, ended by the NUL that is counted, as the server sends it. */
    public static byte[] json(String json) {
        byte[] text = json.getBytes(UTF_8);
        return new XmlWriter(2 * text.length + 64)
                .binaryBuffer(Arrays.copyOf(text, text.length + 1))
                .bytes();
    }

    /** BytesBuf_PI, whose content is plain text. */
    public static byte[] textBuffer(String text) {
        return new XmlWriter(text.length() + 64)
                .open("BytesBuf_PI")
                .number("buflen", text.getBytes(UTF_8).length)
                .text("buf", text)
                .close("BytesBuf_PI")
                .bytes();
    }

    /** An error stack with one entry. */
    public static byte[] warning(int status, String message) {
        return errorStack(message, status);
    }

    /** An error stack with {@code message} under each of {@code statuses}. */
    static byte[] errorStack(String message, int... statuses) {
        XmlWriter out = new XmlWriter().open("RError_PI").number("count", statuses.length);
        for (int status : statuses) {
            out.open("RErrMsg_PI").number("status", status).text("msg", message).close("RErrMsg_PI");
        }
        return out.close("RError_PI").bytes();
    }

    /** The number of an INT_PI. */
    public static int readInteger(byte[] body) throws ApiException {
        XmlReader in = new XmlReader(body);
        in.open("INT_PI");
        int value = in.integer("myInt");
        in.close("INT_PI");
        return value;
    }

    /** The text inside a BinBytesBuf_PI, without NULs at its end. */
    public static String readBinaryBuffer(byte[] body) throws ApiException {
        XmlReader in = new XmlReader(body);
        in.open("BinBytesBuf_PI");
        in.integer("buflen");
        String base64 = in.text("buf");
        try {
            String text = new String(Base64.getMimeDecoder().decode(base64), UTF_8);
            int end = text.length();
            while (end > 0 && text.charAt(end - 1) == '\0') {
                end--;
            }
            return text.substring(0, end);
        } catch (IllegalArgumentException e) {
            throw new ApiException(Status.BODY_MALFORMED, "buffer is not base64");
        }
    }
}
