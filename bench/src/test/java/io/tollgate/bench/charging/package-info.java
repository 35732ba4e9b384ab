@NullMarked
package io.tollgate.bench.charging;

import org.jspecify.annotations.NullMarked;
