package org.omerods.zone.catalog;

/** A replica of a data object; size in bytes, times in the 11 digits of {@link Times}. */
public record ReplicaRow(
        long id,
        long collectionId,
        String name,
        int number,
        String type,
        long size,
        String physicalPath,
        String owner,
        String ownerZone,
        int state,
        String checksum,
        String mode,
        String comment,
        String created,
        String modified,
        long resourceId) {
    /** Not as it should be: the last writer did not finish. */
    public static final int STALE = 0;

    /** Complete. */
    public static final int GOOD = 1;

    /** Open for writing. */
    public static final int INTERMEDIATE = 2;
}
