@NullMarked
package io.tollgate.trading.exchange;

import org.jspecify.annotations.NullMarked;
