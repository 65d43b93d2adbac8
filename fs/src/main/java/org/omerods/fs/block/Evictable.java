package org.omerods.fs.block;

/** Owner of extents that can be asked to give one up. */
interface Evictable {
    /**
     * Takes an extent out of use unless somebody needs it. Quick: called under the lock of the budget.
     *
     * @return how many bytes it held; 0 when it is needed
     */
    long beginEviction(Extent extent);

    /** Gives its disk space back; called once after each {@link #beginEviction} that took one, under no lock. */
    void endEviction(Extent extent);
}
