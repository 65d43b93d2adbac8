package org.omerods.storage.irods.wire;

import java.util.List;
import java.util.Map;

/** Bodies of the calls about collections and queries. */
public final class CatalogMessages {
    private CatalogMessages() {}

    public static byte[] collection(String path, Map<String, String> keyValues) {
        XmlWriter xml = new XmlWriter()
                .open("CollInpNew_PI")
                .text("collName", path)
                .number("flags", 0)
                .number("oprType", 0);
        KeyValues.write(xml, keyValues);
        return xml.close("CollInpNew_PI").toBytes();
    }

    /**
     * Removal of one AVU.
     *
     * @param type {@code -d} for a data object, {@code -C} for a collection
     */
    public static byte[] removeAvu(String type, String path, String attribute, String value, String units) {
        XmlWriter xml = new XmlWriter()
                .open("ModAVUMetadataInp_PI")
                .text("arg0", "rm")
                .text("arg1", type)
                .text("arg2", path)
                .text("arg3", attribute)
                .text("arg4", value)
                .text("arg5", units);
        for (int argument = 6; argument <= 9; argument++) {
            xml.text("arg" + argument, "");
        }
        KeyValues.write(xml, Map.of()); // iRODS 5 insists on it
        return xml.close("ModAVUMetadataInp_PI").toBytes();
    }

    /**
     * One page of a GenQuery1.
     *
     * @param maxRows rows per page; 0 closes the statement {@code continueIndex}
     * @param continueIndex 0 for the first page, then what the page before told. Any other number ends the agent.
     * @param columns numbers of the columns wanted
     * @param conditions column number and condition text, in order
     */
    public static byte[] query(int maxRows, int continueIndex, List<Integer> columns, Map<Integer, String> conditions) {
        XmlWriter xml = new XmlWriter()
                .open("GenQueryInp_PI")
                .number("maxRows", maxRows)
                .number("continueInx", continueIndex)
                .number("partialStartIndex", 0)
                .number("options", 0);
        KeyValues.write(xml, Map.of());
        xml.open("InxIvalPair_PI").number("iiLen", columns.size());
        columns.forEach(column -> xml.number("inx", column));
        columns.forEach(column -> xml.number("ivalue", 1));
        xml.close("InxIvalPair_PI").open("InxValPair_PI").number("isLen", conditions.size());
        conditions.keySet().forEach(column -> xml.number("inx", column));
        conditions.values().forEach(condition -> xml.text("svalue", condition));
        return xml.close("InxValPair_PI").close("GenQueryInp_PI").toBytes();
    }
}
