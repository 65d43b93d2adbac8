/** The bytes of objects: files below the vault directory, and their checksums. */
@NullMarked
package org.omerods.zone.vault;

import org.jspecify.annotations.NullMarked;
