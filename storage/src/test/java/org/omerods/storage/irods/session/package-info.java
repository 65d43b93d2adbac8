/** Tests of connections, against a server that answers by script. */
@NullMarked
package org.omerods.storage.irods.session;

import org.jspecify.annotations.NullMarked;
