@NullMarked
package org.omerods.omero.event;

import org.jspecify.annotations.NullMarked;
