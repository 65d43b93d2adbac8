@NullMarked
package org.omerods.omero.promotion;

import org.jspecify.annotations.NullMarked;
