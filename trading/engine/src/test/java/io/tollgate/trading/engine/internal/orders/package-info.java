@NullMarked
package io.tollgate.trading.engine.internal.orders;

import org.jspecify.annotations.NullMarked;
