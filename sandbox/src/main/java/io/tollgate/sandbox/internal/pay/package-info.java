/** Payment channels to test against: a page where orders are paid, and what channels tell of it. */
@NullMarked
package io.tollgate.sandbox.internal.pay;

import org.jspecify.annotations.NullMarked;
