/** Load over the wire, and what one measured stretch of it cost. */
@NullMarked
package io.tollgate.bench.load;

import org.jspecify.annotations.NullMarked;
