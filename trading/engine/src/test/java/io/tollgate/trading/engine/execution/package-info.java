@NullMarked
package io.tollgate.trading.engine.execution;

import org.jspecify.annotations.NullMarked;
