@NullMarked
package io.tollgate.billing.internal.recharge;

import org.jspecify.annotations.NullMarked;
