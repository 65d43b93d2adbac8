package org.omerods.omero.model;

/**
 * One file of a fileset.
 *
 * @param index place in the fileset; 0 is the main file
 * @param repository UUID of the repository that holds it
 * @param repositoryRoot absolute directory of the repository on the OMERO server; empty when the server does not tell
 * @param path directory below the root, with a slash at its end
 * @param clientPath absolute path of the source on the importer's machine, without the leading slash and with some
 *     characters replaced: ambiguous, good only where the managed path cannot be looked at
 */
public record OriginalFile(
        long id, int index, String repository, String repositoryRoot, String path, String name, String clientPath) {
    /** Below the repository's root. */
    public String managedPath() {
        return path + name;
    }
}
