@NullMarked
package io.tollgate.trading.engine.risk;

import org.jspecify.annotations.NullMarked;
