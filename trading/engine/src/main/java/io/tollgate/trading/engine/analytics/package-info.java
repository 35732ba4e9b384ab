/** What an account's course is worth in figures: returns, risk, trades. Pure code. */
@NullMarked
package io.tollgate.trading.engine.analytics;

import org.jspecify.annotations.NullMarked;
