@NullMarked
package org.omerods.omero.imports;

import org.jspecify.annotations.NullMarked;
