@NullMarked
package io.tollgate.metering.internal.settlement;

import org.jspecify.annotations.NullMarked;
