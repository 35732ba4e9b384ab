@NullMarked
package io.tollgate.trading.exchange.placing;

import org.jspecify.annotations.NullMarked;
