package org.omerods.zone.wire;

/** What most object calls take (DataObjInp_PI). */
public record DataObjectInput(
        String path,
        int createMode,
        int openFlags,
        long offset,
        long dataSize,
        int numThreads,
        int operation,
        KeyValues keys) {
    /** Longest logical path with its end mark, in bytes. */
    static final int MAX_PATH = 1088;

    public static DataObjectInput read(byte[] body) throws ApiException {
        return read(new XmlReader(body));
    }

    /** Reads the next structure of the message. */
    public static DataObjectInput read(XmlReader in) throws ApiException {
        in.open("DataObjInp_PI");
        String path = in.text("objPath", MAX_PATH);
        int mode = in.integer("createMode");
        int flags = in.integer("openFlags");
        long offset = in.number("offset");
        long size = in.number("dataSize");
        int threads = in.integer("numThreads");
        int operation = in.integer("oprType");
        if (in.at("SpecColl_PI")) {
            in.skip("SpecColl_PI");
        }
        KeyValues keys = KeyValues.readFrom(in);
        in.close("DataObjInp_PI");
        return new DataObjectInput(path, mode, flags, offset, size, threads, operation, keys);
    }
}
