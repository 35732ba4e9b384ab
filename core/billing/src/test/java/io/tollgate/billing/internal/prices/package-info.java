@NullMarked
package io.tollgate.billing.internal.prices;

import org.jspecify.annotations.NullMarked;
