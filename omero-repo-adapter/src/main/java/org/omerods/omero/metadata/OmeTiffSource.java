package org.omerods.omero.metadata;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.omerods.storage.DataObject;
import org.omerods.storage.ObjectReader;
import org.omerods.storage.ObjectReader.Priority;
import org.omerods.storage.Storage;
import org.omerods.storage.StorageException;

/** The OME-XML inside an OME-TIFF, read straight from the storage: a few requests, however large the file. Thread-safe. */
public final class OmeTiffSource implements OmeXmlSource {
    private final Storage storage;

    public OmeTiffSource(Storage storage) {
        this.storage = storage;
    }

    @Override
    public String name() {
        return "OME-TIFF";
    }

    @Override
    public Optional<byte[]> read(DataObject object) throws StorageException {
        try (ObjectReader reader = storage.open(object)) {
            Optional<byte[]> text = TiffDescription.read(
                    (offset, length) -> {
                        ByteBuffer bytes = ByteBuffer.allocate(length);
                        reader.read(offset, bytes, Priority.DEMAND);
                        return bytes.flip();
                    },
                    object.size(),
                    OmeDocument.MAX_BYTES);
            if (text.isPresent()) {
                reader.verifyVersion();
            }
            return text.filter(OmeDocument::looksLikeOne);
        }
    }
}
