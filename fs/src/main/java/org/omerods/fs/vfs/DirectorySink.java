package org.omerods.fs.vfs;

/** Where the entries of a directory go: a reply buffer of limited size. */
public interface DirectorySink {
    /**
     * Whether entries carry attributes and so count as a lookup each (readdirplus). {@code .} and {@code ..} never count.
     */
    boolean withAttributes();

    /**
     * Offers one entry.
     *
     * @param nextOffset where to go on after this entry; greater than 0
     * @param child with attributes, never missing; TTLs matter only when {@link #withAttributes}
     * @return false when there was no room: the entry was not taken and none may follow
     */
    boolean offer(String name, long nextOffset, Child child);
}
