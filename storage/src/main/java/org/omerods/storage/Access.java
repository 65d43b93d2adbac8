package org.omerods.storage;

/** What the user of a place may do with an object or collection, as far as that is told before trying. */
public enum Access {
    /** The place does not tell: only trying shows. */
    UNKNOWN,
    /** Less than reading. */
    NONE,
    READ,
    /** Also change: the bytes of an object, the children of a collection. */
    WRITE,
    /** Also rename, remove and give rights. */
    OWN;

    /** Whether it is known that changing would be refused. */
    public boolean forbidsWriting() {
        return this == NONE || this == READ;
    }
}
