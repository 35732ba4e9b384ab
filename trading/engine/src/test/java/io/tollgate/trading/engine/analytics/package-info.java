@NullMarked
package io.tollgate.trading.engine.analytics;

import org.jspecify.annotations.NullMarked;
