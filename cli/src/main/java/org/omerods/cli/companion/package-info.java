/** From the settings to the parts of the OMERO companion. */
@NullMarked
package org.omerods.cli.companion;

import org.jspecify.annotations.NullMarked;
