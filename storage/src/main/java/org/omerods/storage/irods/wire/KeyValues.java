package org.omerods.storage.irods.wire;

import java.util.LinkedHashMap;
import java.util.Map;

/** The keyword list at the end of most structures: all keywords first, then all values. */
final class KeyValues {
    private KeyValues() {}

    static void write(XmlWriter xml, Map<String, String> keyValues) {
        Map<String, String> ordered = new LinkedHashMap<>(keyValues);
        xml.open("KeyValPair_PI").number("ssLen", ordered.size());
        ordered.keySet().forEach(keyword -> xml.text("keyWord", keyword));
        ordered.values().forEach(value -> xml.text("svalue", value));
        xml.close("KeyValPair_PI");
    }
}
