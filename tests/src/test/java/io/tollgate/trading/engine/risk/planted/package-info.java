/** Planted for a test: code that breaks the picture of the engine's rooms. */
@NullMarked
package io.tollgate.trading.engine.risk.planted;

import org.jspecify.annotations.NullMarked;
