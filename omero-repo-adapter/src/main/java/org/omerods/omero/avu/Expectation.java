package org.omerods.omero.avu;

import java.util.Arrays;
import java.util.Set;
import org.omerods.storage.Avu;

/** What one object should carry, as numbers, and how much of it was found. Not thread-safe. */
final class Expectation {
    private long[] filesets;
    private long[] hashes;
    private int found;
    private boolean differs;
    private boolean bare = true;

    Expectation() {
        this.filesets = new long[0];
        this.hashes = new long[0];
    }

    /** A further fileset has the object. */
    void add(long fileset, Set<Avu> triples) {
        filesets = Arrays.copyOf(filesets, filesets.length + 1);
        filesets[filesets.length - 1] = fileset;
        long[] all = Arrays.copyOf(hashes, hashes.length + triples.size());
        int at = hashes.length;
        for (Avu avu : triples) {
            all[at++] = TripleHash.of(avu);
        }
        hashes = Arrays.stream(all).sorted().distinct().toArray();
    }

    /** The object carries this triple, which is ours. Each is told once. */
    void sees(Avu avu) {
        bare = false;
        if (Arrays.binarySearch(hashes, TripleHash.of(avu)) >= 0) {
            found++;
        } else {
            differs = true;
        }
    }

    boolean isMet() {
        return !differs && found == hashes.length;
    }

    /** Whether none of ours was seen. */
    boolean isBare() {
        return bare;
    }

    long[] filesets() {
        return filesets.clone();
    }
}
