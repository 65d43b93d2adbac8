package org.omerods.storage;

import java.time.Instant;
import java.util.OptionalInt;

/** What a path names: a collection, a data object, a symbolic link. Immutable. */
public sealed interface Entry permits Collection, DataObject, SymbolicLink {

    StoragePath path();

    /** The catalog's number, stable over rename and overwrite. Collections and objects number independently or not. */
    long id();

    /** Name of the owner; empty where the place knows none. */
    String owner();

    Instant created();

    Instant modified();

    /** @throws IllegalArgumentException for more than the nine bits */
    static void requirePermissions(OptionalInt permissions) {
        if ((permissions.orElse(0) & ~0777) != 0) {
            throw new IllegalArgumentException("permissions 0" + Integer.toOctalString(permissions.getAsInt()));
        }
    }
}
