@NullMarked
package io.tollgate.trading.engine.internal.monitor;

import org.jspecify.annotations.NullMarked;
