package org.omerods.zone.wire;

/** What calls on an open descriptor take (OpenedDataObjInp_PI). */
public record OpenedObjectInput(
        int descriptor, int length, int whence, long offset, long bytesWritten, KeyValues keys) {
    public static OpenedObjectInput read(byte[] body) throws ApiException {
        XmlReader in = new XmlReader(body);
        in.open("OpenedDataObjInp_PI");
        int descriptor = in.integer("l1descInx");
        int length = in.integer("len");
        int whence = in.integer("whence");
        in.integer("oprType");
        long offset = in.number("offset");
        long written = in.number("bytesWritten");
        KeyValues keys = KeyValues.readFrom(in);
        in.close("OpenedDataObjInp_PI");
        return new OpenedObjectInput(descriptor, length, whence, offset, written, keys);
    }
}
