package org.omerods.zone.wire;

/** Source and destination of a copy or rename (DataObjCopyInp_PI). */
public record CopyInput(DataObjectInput source, DataObjectInput destination) {
    public static CopyInput read(byte[] body) throws ApiException {
        XmlReader in = new XmlReader(body);
        in.open("DataObjCopyInp_PI");
        DataObjectInput source = DataObjectInput.read(in);
        DataObjectInput destination = DataObjectInput.read(in);
        in.close("DataObjCopyInp_PI");
        return new CopyInput(source, destination);
    }
}
