/** How prices are read and computed. Closed to other contexts. */
@NullMarked
package io.tollgate.billing.internal;

import org.jspecify.annotations.NullMarked;
