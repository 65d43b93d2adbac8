package org.omerods.storage.irods.wire;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One page of the answer to a GenQuery1.
 *
 * @param rowCount rows on this page
 * @param continueIndex 0 when this is the last page
 * @param columns values by column number, each list {@code rowCount} long
 */
public record QueryPage(int rowCount, int continueIndex, Map<Integer, List<String>> columns) {

    /** More rows on one page than any page asked for: the number is not to be believed, nor to be allocated. */
    private static final int MAX_ROWS = 1_000_000;

    public static QueryPage parse(byte[] body) throws MalformedMessage {
        XmlReader xml = new XmlReader(body);
        xml.open("GenQueryOut_PI");
        int rows = xml.integer("rowCnt");
        int attributes = xml.integer("attriCnt");
        int continueIndex = xml.integer("continueInx");
        xml.number("totalRowCount");
        if (rows < 0 || rows > MAX_ROWS || attributes < 0) {
            throw new MalformedMessage("a query page of " + rows + " rows and " + attributes + " columns");
        }
        Map<Integer, List<String>> columns = new HashMap<>();
        while (xml.openIfAt("SqlResult_PI")) {
            int column = xml.integer("attriInx");
            xml.number("reslen");
            List<String> values = new ArrayList<>(xml.at("value") ? rows : 0);
            while (xml.at("value")) {
                values.add(xml.text("value"));
            }
            xml.close("SqlResult_PI");
            if (column != 0) {
                columns.put(column, values);
            }
        }
        xml.close("GenQueryOut_PI");
        for (Map.Entry<Integer, List<String>> column : columns.entrySet()) {
            if (column.getValue().size() != rows) {
                throw new MalformedMessage("column " + column.getKey() + " of a query page has "
                        + column.getValue().size() + " values for " + rows + " rows");
            }
        }
        return new QueryPage(rows, continueIndex, columns);
    }

    /** The values of one column that was asked for. */
    public List<String> column(int number) throws MalformedMessage {
        List<String> values = columns.get(number);
        if (values == null) {
            throw new MalformedMessage("column " + number + " is missing in a query page");
        }
        return values;
    }
}
