/** How a start goes: P8, after a crash with a long meter log; P12, of everything on one machine. */
@NullMarked
package io.tollgate.bench.restart;

import org.jspecify.annotations.NullMarked;
