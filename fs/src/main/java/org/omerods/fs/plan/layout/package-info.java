/**
 * Where the tiles of a slide lie in its file: one class per format, and the layout that comes out. Pure: a parser says which
 * bytes it needs and is fed with them. Files may be wrong or hostile, so everything is bounded ({@link
 * org.omerods.fs.plan.layout.LayoutLimits}), and what cannot be understood is left out.
 */
@NullMarked
package org.omerods.fs.plan.layout;

import org.jspecify.annotations.NullMarked;
