package org.omerods.omero.imports;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.omerods.omero.remote.OmeroException;
import org.omerods.omero.remote.OmeroProgram.As;

/** What OMERO has already imported from a path, as its database tells. */
@FunctionalInterface
public interface ImportedFilesets {
    /** Where there is no database: nothing is known, and the importer itself leaves out what it knows. */
    ImportedFilesets UNKNOWN = (as, clientPaths) -> Map.of();

    /**
     * @param complete whether it has images and all of them can be opened; an interrupted or failed import leaves filesets
     *     that are not, for ever
     */
    record Known(long fileset, boolean complete) {}

    /**
     * @param as whose filesets count; an empty user or group: everybody's
     * @param clientPaths as {@link ClientPath} writes them
     * @return of each path that is known its filesets, newest first
     */
    Map<String, List<Known>> find(As as, Set<String> clientPaths) throws OmeroException;
}
