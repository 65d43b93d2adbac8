/**
 * Imports in place on request: a triple on a data object or collection asks for it, the companion runs
 * {@code omero import --transfer=ln_s} and writes back how it went.
 */
@NullMarked
package org.omerods.omero.imports;

import org.jspecify.annotations.NullMarked;
