/** The companion as a command: from settings to its parts, and its word about itself. */
@NullMarked
package org.omerods.cli.sync;

import org.jspecify.annotations.NullMarked;
