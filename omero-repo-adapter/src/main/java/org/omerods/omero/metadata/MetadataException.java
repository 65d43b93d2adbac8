package org.omerods.omero.metadata;

/** An image's metadata cannot be read; the message says whose and why. Nothing was changed. */
public final class MetadataException extends Exception {
    private static final long serialVersionUID = 1L;

    public MetadataException(String message) {
        super(message);
    }

    public MetadataException(String message, Throwable cause) {
        super(message, cause);
    }
}
