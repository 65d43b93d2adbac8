/** Writing new versions of objects. */
@NullMarked
package org.omerods.storage.irods.write;

import org.jspecify.annotations.NullMarked;
