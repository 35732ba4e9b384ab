@NullMarked
package io.tollgate.trading.engine.report;

import org.jspecify.annotations.NullMarked;
