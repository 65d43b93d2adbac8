package org.omerods.omero.metadata;

import java.util.Optional;
import org.omerods.storage.DataObject;
import org.omerods.storage.StorageException;

/** A way to get the OME-XML of a data object. Thread-safe. */
public interface OmeXmlSource {
    /** What it is called in messages. */
    String name();

    /**
     * The document as it stands in the file, at most {@link OmeDocument#MAX_BYTES} bytes.
     *
     * @return empty where this way leads to nothing: another format, a program that is missing
     * @throws MetadataException when it should lead to something and does not
     */
    Optional<byte[]> read(DataObject object) throws StorageException, MetadataException;
}
