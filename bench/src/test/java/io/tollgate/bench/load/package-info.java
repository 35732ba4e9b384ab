@NullMarked
package io.tollgate.bench.load;

import org.jspecify.annotations.NullMarked;
