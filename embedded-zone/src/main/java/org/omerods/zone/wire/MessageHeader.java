package org.omerods.zone.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The header in front of each message: its type, the lengths of its three parts, and a call number or status. */
public record MessageHeader(String type, int bodyLength, int errorLength, int binaryLength, int number) {
    public MessageHeader {
        if (bodyLength < 0 || errorLength < 0 || binaryLength < 0) {
            throw new IllegalArgumentException("negative length in " + type);
        }
    }

    /** Reads the XML of a header. */
    public static MessageHeader read(byte[] xml) throws ApiException {
        XmlReader in = new XmlReader(xml);
        in.open("MsgHeader_PI");
        String type = in.text("type", 128);
        int body = in.integer("msgLen");
        int error = in.integer("errorLen");
        int binary = in.integer("bsLen");
        int number = in.integer("intInfo");
        in.close("MsgHeader_PI");
        if (body < 0 || error < 0 || binary < 0) {
            throw new ApiException(Status.BODY_MALFORMED, "negative length in a header");
        }
        return new MessageHeader(type, body, error, binary, number);
    }

    /** The XML of this header. */
    public byte[] bytes() {
        return new XmlWriter(200)
                .open("MsgHeader_PI")
                .text("type", type)
                .number("msgLen", bodyLength)
                .number("errorLen", errorLength)
                .number("bsLen", binaryLength)
                .number("intInfo", number)
                .close("MsgHeader_PI")
                .toString()
                .getBytes(UTF_8);
    }
}
