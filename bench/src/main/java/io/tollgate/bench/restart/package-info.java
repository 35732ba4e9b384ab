/** P8: the start after a crash with a long meter log. */
@NullMarked
package io.tollgate.bench.restart;

import org.jspecify.annotations.NullMarked;
