/** The strategies, one file each, and what several of them share. */
@NullMarked
package io.tollgate.trading.strategies.internal.rules;

import org.jspecify.annotations.NullMarked;
