@NullMarked
package io.tollgate.trading.engine.scan;

import org.jspecify.annotations.NullMarked;
