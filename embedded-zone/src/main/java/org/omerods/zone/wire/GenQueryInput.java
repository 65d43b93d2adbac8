package org.omerods.zone.wire;

import java.util.ArrayList;
import java.util.List;

/** A GenQuery1 request (GenQueryInp_PI): columns with their options, conditions, and where to go on. */
public record GenQueryInput(
        int maxRows,
        int continueIndex,
        int offset,
        int options,
        KeyValues keys,
        List<Selected> columns,
        List<Condition> conditions) {
    /** A column number with its option: 1, an aggregate 2..6, plus the order bits. */
    public record Selected(int column, int option) {}

    /** A column number with the text of a condition, such as {@code ='x'}. */
    public record Condition(int column, String text) {}

    public GenQueryInput {
        columns = List.copyOf(columns);
        conditions = List.copyOf(conditions);
    }

    public static GenQueryInput read(byte[] body) throws ApiException {
        XmlReader in = new XmlReader(body);
        in.open("GenQueryInp_PI");
        int maxRows = in.integer("maxRows");
        int continueIndex = in.integer("continueInx");
        int offset = in.integer("partialStartIndex");
        int options = in.integer("options");
        KeyValues keys = KeyValues.readFrom(in);
        List<Selected> columns = columns(in);
        List<Condition> conditions = conditions(in);
        in.close("GenQueryInp_PI");
        return new GenQueryInput(maxRows, continueIndex, offset, options, keys, columns, conditions);
    }

    private static List<Selected> columns(XmlReader in) throws ApiException {
        in.open("InxIvalPair_PI");
        int count = in.integer("iiLen");
        List<Integer> indexes = numbers(in, "inx");
        List<Integer> options = numbers(in, "ivalue");
        in.close("InxIvalPair_PI");
        check(count, indexes.size(), options.size());
        List<Selected> result = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            result.add(new Selected(indexes.get(i), options.get(i)));
        }
        return result;
    }

    private static List<Condition> conditions(XmlReader in) throws ApiException {
        in.open("InxValPair_PI");
        int count = in.integer("isLen");
        List<Integer> indexes = numbers(in, "inx");
        List<String> texts = KeyValues.texts(in, "svalue");
        in.close("InxValPair_PI");
        check(count, indexes.size(), texts.size());
        List<Condition> result = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            result.add(new Condition(indexes.get(i), texts.get(i)));
        }
        return result;
    }

    private static void check(int count, int indexes, int values) throws ApiException {
        if (indexes < count || values < count) {
            throw new ApiException(Status.BODY_MALFORMED, "fewer entries than counted");
        }
    }

    private static List<Integer> numbers(XmlReader in, String tag) throws ApiException {
        List<Integer> result = new ArrayList<>();
        while (in.at(tag)) {
            result.add(in.integer(tag));
        }
        return result;
    }
}
