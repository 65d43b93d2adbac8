/** Settings: their catalogue, where values come from, how they are shown. */
@NullMarked
package org.omerods.cli.config;

import org.jspecify.annotations.NullMarked;
