package org.omerods.storage.irods.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** JSON inside a {@code BinBytesBuf_PI}: the newer calls speak so. */
public final class JsonMessages {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonMessages() {}

    public static byte[] write(JsonNode json) {
        try {
            byte[] bytes = JSON.writeValueAsBytes(json);
            return new XmlWriter()
                    .open("BinBytesBuf_PI")
                    .number("buflen", bytes.length)
                    .text("buf", Base64.getEncoder().encodeToString(bytes))
                    .close("BinBytesBuf_PI")
                    .toBytes();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON", e);
        }
    }

    /** Reads JSON; some calls end it with a NUL, some wrap it in lines. */
    public static JsonNode read(byte[] body) throws MalformedMessage {
        XmlReader xml = new XmlReader(body);
        xml.open("BinBytesBuf_PI");
        xml.number("buflen");
        String base64 = xml.text("buf");
        xml.close("BinBytesBuf_PI");
        try {
            String text = new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.UTF_8);
            int nul = text.indexOf('\0');
            return JSON.readTree(nul < 0 ? text : text.substring(0, nul));
        } catch (IOException | IllegalArgumentException e) {
            throw new MalformedMessage("an answer that should hold JSON does not: " + e.getMessage());
        }
    }
}
