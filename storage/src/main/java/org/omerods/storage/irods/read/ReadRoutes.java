package org.omerods.storage.irods.read;

import org.omerods.storage.DataObject;
import org.omerods.storage.irods.session.Connection;
import org.omerods.storage.irods.session.ConnectionException;
import org.omerods.storage.irods.session.Lane;

/** Which server an object is read from. Thread-safe. */
interface ReadRoutes {
    /** A connection to the server that is best for this object. */
    Connection connection(DataObject object, Lane lane) throws ConnectionException, InterruptedException;
}
