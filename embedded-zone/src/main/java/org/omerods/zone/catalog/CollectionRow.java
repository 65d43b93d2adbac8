package org.omerods.zone.catalog;

/** A collection of the catalog; times in the 11 digits of {@link Times}. */
public record CollectionRow(
        long id,
        String parent,
        String path,
        String owner,
        String ownerZone,
        String inheritance,
        String created,
        String modified) {
    /** Whether new children take over the permissions of this collection. */
    public boolean inherits() {
        return inheritance.equals("1");
    }
}
