/** Which parameters of a strategy would have done best, and whether that holds on later bars. */
@NullMarked
package io.tollgate.trading.engine.search;

import org.jspecify.annotations.NullMarked;
