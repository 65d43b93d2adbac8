/** Tests of the layouts of slide files. */
@NullMarked
package org.omerods.fs.plan.layout;

import org.jspecify.annotations.NullMarked;
