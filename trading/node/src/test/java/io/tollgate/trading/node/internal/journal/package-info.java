@NullMarked
package io.tollgate.trading.node.internal.journal;

import org.jspecify.annotations.NullMarked;
