package org.omerods.omero.avu;

import java.util.Arrays;
import java.util.Set;
import org.omerods.storage.Avu;

/**
 * What one object should carry, as numbers, and how much of it was found: all of it, or only the digest. Not thread-safe.
 */
final class Expectation {
    private long[] filesets;
    private long[] hashes;
    private int found;
    private int digests;
    private long digest;
    private long digestFileset;
    private boolean differs;
    private boolean bare = true;

    Expectation() {
        this.filesets = new long[0];
        this.hashes = new long[0];
    }

    /** A further fileset has the object; its triples are told without the digest. */
    void add(long fileset, Set<Avu> triples) {
        filesets = Arrays.copyOf(filesets, filesets.length + 1);
        filesets[filesets.length - 1] = fileset;
        long[] all = Arrays.copyOf(hashes, hashes.length + triples.size());
        int at = hashes.length;
        for (Avu avu : triples) {
            all[at++] = TripleHash.of(avu);
        }
        hashes = filesets.length == 1 ? all : Arrays.stream(all).distinct().toArray();
        Arrays.sort(hashes);
    }

    /** The object carries this triple, which is ours and not the digest. Each is told once. */
    void sees(Avu avu) {
        bare = false;
        if (Arrays.binarySearch(hashes, TripleHash.of(avu)) >= 0) {
            found++;
        } else {
            differs = true;
        }
    }

    /**
     * The object carries this digest of ours; what is wanted may be told later.
     *
     * @param fileset the one that it names, or 0
     */
    void seesDigest(Avu avu, long fileset) {
        bare = false;
        digests++;
        digest = TripleHash.parse(avu.value());
        digestFileset = fileset;
    }

    /** Whether the object carries the digest of what is wanted and no other. */
    boolean hasDigest() {
        return !differs && digests == 1 && digest == TripleHash.sum(Arrays.stream(hashes));
    }

    /** Whether no fileset has the object. */
    boolean isLeftover() {
        return filesets.length == 0;
    }

    /** The fileset that the digest names, or 0. */
    long digestFileset() {
        return digestFileset;
    }

    /** Whether it carries all that is wanted, and nothing else of ours. */
    boolean isMet() {
        return hasDigest() && found == hashes.length;
    }

    /** Whether none of ours was seen. */
    boolean isBare() {
        return bare;
    }

    long[] filesets() {
        return filesets.clone();
    }
}
