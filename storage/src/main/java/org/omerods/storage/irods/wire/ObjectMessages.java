package org.omerods.storage.irods.wire;

import java.util.LinkedHashMap;
import java.util.Map;

/** Bodies of the calls about data objects and their descriptors. */
public final class ObjectMessages {
    /** Flags of an open, with their Linux values. */
    public static final int READ_ONLY = 0;

    public static final int WRITE_ONLY = 1;
    public static final int CREATE = 64;
    public static final int EXCLUSIVE = 128;
    public static final int TRUNCATE = 512;

    /** What a rename is about. */
    public static final int RENAME_OBJECT = 11;

    public static final int RENAME_COLLECTION = 12;

    private static final int PUT = 1;
    private static final int MODE_OWNER_READS_AND_WRITES = 384;

    private ObjectMessages() {}

    public static byte[] open(String path, int flags, Map<String, String> keyValues) {
        int mode = (flags & CREATE) == 0 ? 0 : MODE_OWNER_READS_AND_WRITES;
        XmlWriter xml = new XmlWriter();
        dataObject(xml, path, mode, flags, 0, keyValues);
        return xml.toBytes();
    }

    /** Put of a whole object whose bytes follow the body; an existing one is refused, unless {@code forceFlag} is given. */
    public static byte[] put(String path, int size, Map<String, String> keyValues) {
        XmlWriter xml = new XmlWriter();
        Map<String, String> all = new LinkedHashMap<>(keyValues);
        all.put("dataSize", Integer.toString(size));
        all.put("dataIncluded", "");
        dataObject(xml, path, MODE_OWNER_READS_AND_WRITES, 0, size, PUT, all);
        return xml.toBytes();
    }

    public static byte[] objectPath(String path, Map<String, String> keyValues) {
        XmlWriter xml = new XmlWriter();
        dataObject(xml, path, 0, 0, 0, keyValues);
        return xml.toBytes();
    }

    public static byte[] rename(String from, String to, int what) {
        XmlWriter xml = new XmlWriter().open("DataObjCopyInp_PI");
        dataObject(xml, from, 0, 0, what, Map.of());
        dataObject(xml, to, 0, 0, what, Map.of());
        return xml.close("DataObjCopyInp_PI").toBytes();
    }

    public static byte[] seek(int descriptor, long offset) {
        return descriptor(descriptor, 0, offset);
    }

    public static byte[] read(int descriptor, int length) {
        return descriptor(descriptor, length, 0);
    }

    public static byte[] write(int descriptor, int length) {
        return descriptor(descriptor, length, 0);
    }

    /** Close of a descriptor for reading. Of one that is not open it is an error, while REPLICA_CLOSE ends the agent. */
    public static byte[] close(int descriptor) {
        return descriptor(descriptor, 0, 0);
    }

    /** Where a seek ended up. */
    public static long seekReply(byte[] body) throws MalformedMessage {
        XmlReader xml = new XmlReader(body);
        xml.open("fileLseekOut_PI");
        long offset = xml.number("offset");
        xml.close("fileLseekOut_PI");
        return offset;
    }

    private static byte[] descriptor(int descriptor, int length, long offset) {
        XmlWriter xml = new XmlWriter()
                .open("OpenedDataObjInp_PI")
                .number("l1descInx", descriptor)
                .number("len", length)
                .number("whence", 0)
                .number("oprType", 0)
                .number("offset", offset)
                .number("bytesWritten", 0);
        KeyValues.write(xml, Map.of());
        return xml.close("OpenedDataObjInp_PI").toBytes();
    }

    private static void dataObject(
            XmlWriter xml, String path, int mode, int flags, int operation, Map<String, String> keyValues) {
        dataObject(xml, path, mode, flags, -1, operation, keyValues);
    }

    private static void dataObject(
            XmlWriter xml, String path, int mode, int flags, long size, int operation, Map<String, String> keyValues) {
        xml.open("DataObjInp_PI")
                .text("objPath", path)
                .number("createMode", mode)
                .number("openFlags", flags)
                .number("offset", 0)
                .number("dataSize", size)
                .number("numThreads", 0)
                .number("oprType", operation);
        KeyValues.write(xml, keyValues);
        xml.close("DataObjInp_PI");
    }
}
