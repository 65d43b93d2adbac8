@NullMarked
package org.omerods.omero.annotate;

import org.jspecify.annotations.NullMarked;
