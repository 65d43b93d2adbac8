package org.omerods.fs.block;

/** Owner of extents that can be asked to give one up. */
interface Evictable {
    /** An extent that somebody reads or fills, or that is to stay, cannot be evicted now. */
    long IN_USE = -1;

    /** Of the object version whose extents these are; the same in each process. */
    String name();

    /**
     * Takes an extent out of use unless somebody needs it. Quick.
     *
     * @return how many bytes it gives back; 0 when it has none to give, or {@link #IN_USE}
     */
    long beginEviction(Extent extent);

    /** Gives its disk space back; called once after each {@link #beginEviction} that took something, under no lock. */
    void endEviction(Extent extent);
}
