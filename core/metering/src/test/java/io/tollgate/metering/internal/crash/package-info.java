@NullMarked
package io.tollgate.metering.internal.crash;

import org.jspecify.annotations.NullMarked;
