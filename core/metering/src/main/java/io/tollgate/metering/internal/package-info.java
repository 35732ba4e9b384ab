/** How passages are held and settled. Closed to other modules. */
@NullMarked
package io.tollgate.metering.internal;

import org.jspecify.annotations.NullMarked;
