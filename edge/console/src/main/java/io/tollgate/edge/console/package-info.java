/** Serves the pages of the console and of the portal, as they were built, out of memory. */
@NullMarked
package io.tollgate.edge.console;

import org.jspecify.annotations.NullMarked;
