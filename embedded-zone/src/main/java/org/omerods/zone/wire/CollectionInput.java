package org.omerods.zone.wire;

/** What collection calls take (CollInpNew_PI). */
public record CollectionInput(String path, int flags, int operation, KeyValues keys) {
    public static CollectionInput read(byte[] body) throws ApiException {
        XmlReader in = new XmlReader(body);
        in.open("CollInpNew_PI");
        String path = in.text("collName", DataObjectInput.MAX_PATH);
        int flags = in.integer("flags");
        int operation = in.integer("oprType");
        KeyValues keys = KeyValues.readFrom(in);
        in.close("CollInpNew_PI");
        return new CollectionInput(path, flags, operation, keys);
    }
}
