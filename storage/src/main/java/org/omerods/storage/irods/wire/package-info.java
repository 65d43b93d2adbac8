/**
 * The iRODS protocol as bytes: messages, structures, API numbers and error codes. Pure: no sockets, no threads.
 * What the server really answers was recorded from iRODS 5.0.2; the XML here is the dialect it reads, which is not XML 1.0.
 */
@NullMarked
package org.omerods.storage.irods.wire;

import org.jspecify.annotations.NullMarked;
