@NullMarked
package io.tollgate.trading.node.internal.task;

import org.jspecify.annotations.NullMarked;
