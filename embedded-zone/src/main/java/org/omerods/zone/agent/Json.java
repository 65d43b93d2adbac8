package org.omerods.zone.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.omerods.zone.wire.ApiException;

/** JSON inside the buffers of newer calls. */
final class Json {
    private static final JsonMapper MAPPER = new JsonMapper();

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    /** The tree of a map. */
    static JsonNode tree(Map<String, ?> map) {
        return MAPPER.valueToTree(map);
    }

    /** The object in {@code text}; refuses with {@code status} what is no JSON object. */
    static ObjectNode object(String text, int status) throws ApiException {
        try {
            if (MAPPER.readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw new ApiException(status, "not JSON");
        }
        throw new ApiException(status, "not a JSON object");
    }

    /** A text member, empty where it is missing or no text. */
    static String text(JsonNode object, String name) {
        JsonNode value = object.get(name);
        return value != null && value.isTextual() ? value.textValue() : "";
    }

    static boolean flag(JsonNode object, String name, boolean missing) {
        JsonNode value = object.get(name);
        return (value != null && value.isBoolean()) ? value.booleanValue() : missing;
    }

    static String write(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree that cannot be written", e);
        }
    }
}
