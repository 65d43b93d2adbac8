package org.omerods.fs.block;

import org.omerods.storage.DataObject;

/** Is told when the storage says that an object is another version by now, once for each version. Must not block. */
public interface StaleListener {
    void stale(DataObject object);
}
