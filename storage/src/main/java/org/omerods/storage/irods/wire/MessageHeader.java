package org.omerods.storage.irods.wire;

import java.nio.ByteBuffer;

/**
 * What precedes every message: its type, the lengths in bytes of its three parts, and one number (an API number in a
 * request, the status in a reply).
 */
public record MessageHeader(String type, int messageLength, int errorLength, int binaryLength, int info) {
    public static final String CONNECT = "RODS_CONNECT";
    public static final String NEGOTIATION = "RODS_CS_NEG_T";
    public static final String VERSION = "RODS_VERSION";
    public static final String API_REQUEST = "RODS_API_REQ";
    public static final String API_REPLY = "RODS_API_REPLY";
    public static final String DISCONNECT = "RODS_DISCONNECT";
    public static final String SHARED_SECRET = "SHARED_SECRET";

    /** Longest header believed: real ones have fewer than 1,200 bytes, so anything longer is not a header. */
    public static final int MAX_BYTES = 4096;

    public MessageHeader {
        if (messageLength < 0 || errorLength < 0 || binaryLength < 0) {
            throw new IllegalArgumentException(
                    "negative length in header: " + messageLength + ", " + errorLength + ", " + binaryLength);
        }
    }

    /** The header as it goes on the wire, with its length in front. */
    public byte[] toBytes() {
        byte[] xml = new XmlWriter()
                .open("MsgHeader_PI")
                .text("type", type)
                .number("msgLen", messageLength)
                .number("errorLen", errorLength)
                .number("bsLen", binaryLength)
                .number("intInfo", info)
                .close("MsgHeader_PI")
                .toBytes();
        return ByteBuffer.allocate(Integer.BYTES + xml.length)
                .putInt(xml.length)
                .put(xml)
                .array();
    }

    /** Reads a header without the length in front. */
    public static MessageHeader parse(byte[] xml) throws MalformedMessage {
        XmlReader reader = new XmlReader(xml);
        reader.open("MsgHeader_PI");
        String type = reader.text("type");
        int messageLength = reader.integer("msgLen");
        int errorLength = reader.integer("errorLen");
        int binaryLength = reader.integer("bsLen");
        int info = reader.integer("intInfo");
        reader.close("MsgHeader_PI");
        if (messageLength < 0 || errorLength < 0 || binaryLength < 0) {
            throw new MalformedMessage("negative length in the header of a " + type);
        }
        return new MessageHeader(type, messageLength, errorLength, binaryLength, info);
    }
}
