/** What users pay in: orders, payments, callbacks, refunds, over the wire. */
@NullMarked
package io.tollgate.tests.recharge;

import org.jspecify.annotations.NullMarked;
