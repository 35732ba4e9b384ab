/** Tests of what serves the pages. */
@NullMarked
package io.tollgate.edge.console;

import org.jspecify.annotations.NullMarked;
