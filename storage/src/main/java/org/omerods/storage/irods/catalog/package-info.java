/** What is asked of an iRODS catalog, and what is changed there: entries, listings, triples, names. */
@NullMarked
package org.omerods.storage.irods.catalog;

import org.jspecify.annotations.NullMarked;
