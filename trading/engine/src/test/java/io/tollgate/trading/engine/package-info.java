@NullMarked
package io.tollgate.trading.engine;

import org.jspecify.annotations.NullMarked;
