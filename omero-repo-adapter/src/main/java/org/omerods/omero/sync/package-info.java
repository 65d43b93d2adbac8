/** The companion as a program: its loops, what they do in which order, and what they tell about themselves. */
@NullMarked
package org.omerods.omero.sync;

import org.jspecify.annotations.NullMarked;
