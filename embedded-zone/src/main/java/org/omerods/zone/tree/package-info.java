/** Directory trees that are served in place: the catalog follows what is in them. */
@NullMarked
package org.omerods.zone.tree;

import org.jspecify.annotations.NullMarked;
