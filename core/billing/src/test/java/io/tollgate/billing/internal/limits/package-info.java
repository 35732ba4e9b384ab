@NullMarked
package io.tollgate.billing.internal.limits;

import org.jspecify.annotations.NullMarked;
