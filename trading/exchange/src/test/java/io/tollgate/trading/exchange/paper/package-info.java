@NullMarked
package io.tollgate.trading.exchange.paper;

import org.jspecify.annotations.NullMarked;
