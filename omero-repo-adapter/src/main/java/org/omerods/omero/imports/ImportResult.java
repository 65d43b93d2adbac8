package org.omerods.omero.imports;

/** What came of an import. */
public sealed interface ImportResult {

    /**
     * OMERO has all of it.
     *
     * @param text what came of it, {@code Fileset:2 Image:2,3,4}
     */
    record Done(String text) implements ImportResult {}

    /**
     * It will not work without somebody changing something.
     *
     * @param reason for the person who asked
     * @param text what was imported nevertheless; empty: nothing
     */
    record Failed(String reason, String text) implements ImportResult {}

    /**
     * Not now: OMERO is away or the companion ends. It stays requested.
     *
     * @param reason for the operator
     */
    record Postponed(String reason) implements ImportResult {}
}
