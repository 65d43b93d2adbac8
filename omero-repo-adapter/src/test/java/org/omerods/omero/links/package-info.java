@NullMarked
package org.omerods.omero.links;

import org.jspecify.annotations.NullMarked;
