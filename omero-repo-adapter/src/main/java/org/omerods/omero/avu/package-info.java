/** Comparing the triples that an object should carry with those that it carries, own ones only, and changing them. */
@NullMarked
package org.omerods.omero.avu;

import org.jspecify.annotations.NullMarked;
