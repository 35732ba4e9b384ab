@NullMarked
package io.tollgate.trading.strategies;

import org.jspecify.annotations.NullMarked;
