/** What strategies are made of: the frame of a fold, and its state. */
@NullMarked
package io.tollgate.trading.strategies.internal;

import org.jspecify.annotations.NullMarked;
