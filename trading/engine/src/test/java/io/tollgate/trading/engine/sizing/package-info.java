@NullMarked
package io.tollgate.trading.engine.sizing;

import org.jspecify.annotations.NullMarked;
