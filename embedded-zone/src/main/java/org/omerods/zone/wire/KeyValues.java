package org.omerods.zone.wire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The key words of a request (KeyValPair_PI), in the order in which they came. */
public record KeyValues(Map<String, String> values) {
    public KeyValues {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Reads the structure; elements beyond its count are passed over, as irods4j writes one for an empty list. */
    public static KeyValues readFrom(XmlReader in) throws ApiException {
        in.open("KeyValPair_PI");
        int count = in.integer("ssLen");
        List<String> keys = texts(in, "keyWord");
        List<String> values = texts(in, "svalue");
        in.close("KeyValPair_PI");
        if (keys.size() < count || values.size() < count) {
            throw new ApiException(Status.BODY_MALFORMED, "fewer key words than counted");
        }
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            map.put(keys.get(i), values.get(i));
        }
        return new KeyValues(map);
    }

    static List<String> texts(XmlReader in, String tag) throws ApiException {
        List<String> result = new ArrayList<>();
        while (in.at(tag)) {
            result.add(in.text(tag));
        }
        return result;
    }

    public boolean has(String key) {
        return values.containsKey(key);
    }

    public Optional<String> get(String key) {
        return Optional.ofNullable(values.get(key));
    }
}
