/** The catalog: users, collections, objects, permissions, AVUs and tickets in one SQLite file. */
@NullMarked
package org.omerods.zone.catalog;

import org.jspecify.annotations.NullMarked;
