package org.omerods.omero.metadata;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The beginning of a TIFF: header, one directory with a width and a description, and the text. */
final class TiffBytes {
    private static final int TEXT_AT = 512;

    private final byte[] bytes;

    private TiffBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    byte[] bytes() {
        return bytes;
    }

    static TiffBytes classic(ByteOrder order, String description) {
        byte[] text = (description + "\0").getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(TEXT_AT + text.length).order(order);
        file.putShort((short) (order == ByteOrder.LITTLE_ENDIAN ? 0x4949 : 0x4d4d))
                .putShort((short) 42)
                .putInt(8);
        file.putShort((short) 2);
        file.putShort((short) 256).putShort((short) 4).putInt(1).putInt(64);
        file.putShort((short) 270).putShort((short) 2).putInt(text.length).putInt(TEXT_AT);
        file.putInt(0);
        file.put(TEXT_AT, text);
        return new TiffBytes(file.array());
    }

    static TiffBytes big(ByteOrder order, String description) {
        byte[] text = (description + "\0").getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(TEXT_AT + text.length).order(order);
        file.putShort((short) (order == ByteOrder.LITTLE_ENDIAN ? 0x4949 : 0x4d4d))
                .putShort((short) 43);
        file.putShort((short) 8).putShort((short) 0).putLong(16);
        file.putLong(2);
        file.putShort((short) 256).putShort((short) 4).putLong(1).putLong(64);
        file.putShort((short) 270).putShort((short) 2).putLong(text.length).putLong(TEXT_AT);
        file.putLong(0);
        file.put(TEXT_AT, text);
        return new TiffBytes(file.array());
    }
}
