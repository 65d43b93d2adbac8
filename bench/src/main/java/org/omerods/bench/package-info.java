/** The command `./omerods bench`: runs suites, writes reports. */
@NullMarked
package org.omerods.bench;

import org.jspecify.annotations.NullMarked;
