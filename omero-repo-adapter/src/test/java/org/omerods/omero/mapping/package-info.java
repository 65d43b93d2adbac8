@NullMarked
package org.omerods.omero.mapping;

import org.jspecify.annotations.NullMarked;
