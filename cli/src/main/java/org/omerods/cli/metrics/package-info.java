/** What a running program tells monitoring and people over HTTP. */
@NullMarked
package org.omerods.cli.metrics;

import org.jspecify.annotations.NullMarked;
