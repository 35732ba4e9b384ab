@NullMarked
package io.tollgate.trading.engine.guard;

import org.jspecify.annotations.NullMarked;
