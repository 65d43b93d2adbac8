package org.omerods.omero.promotion;

/** What came of one file. */
public sealed interface Promotion {

    /** The file that it is about, below the repository. */
    String managedPath();

    /**
     * It is a link now.
     *
     * @param bytes of the local disk that are free as soon as the last reader has closed the file; 0 when another hard
     *     link holds them
     */
    record Moved(String managedPath, long bytes) implements Promotion {}

    /** It would be moved: the outcome of a dry run. */
    record WouldMove(String managedPath, long bytes) implements Promotion {}

    /** It stays, and that is right: it is a link already, or it is gone. */
    record Left(String managedPath, String reason) implements Promotion {}

    /** It stays although it should move. The local file is untouched. */
    record Failed(String managedPath, String reason) implements Promotion {}
}
