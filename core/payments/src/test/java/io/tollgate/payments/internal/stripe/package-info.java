@NullMarked
package io.tollgate.payments.internal.stripe;

import org.jspecify.annotations.NullMarked;
