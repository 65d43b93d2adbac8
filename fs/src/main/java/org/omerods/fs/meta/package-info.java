/**
 * What the catalog said a short while ago: attributes, listings, absences and triples, each for a bounded time, asked for
 * once however many wait.
 */
@NullMarked
package org.omerods.fs.meta;

import org.jspecify.annotations.NullMarked;
