/**
 * Connections to iRODS servers: set-up, login, pipelining, and the bounded pool of them. One connection is one socket
 * and one thread that reads replies always, since a server stops reading when nobody takes its replies.
 */
@NullMarked
package org.omerods.storage.irods.session;

import org.jspecify.annotations.NullMarked;
