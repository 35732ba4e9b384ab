@NullMarked
package io.tollgate.payments.internal.alipay;

import org.jspecify.annotations.NullMarked;
