@NullMarked
package io.tollgate.metering.internal.doubt;

import org.jspecify.annotations.NullMarked;
