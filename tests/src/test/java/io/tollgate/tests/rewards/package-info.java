/** Points, pools and withdrawals on the whole program. */
@NullMarked
package io.tollgate.tests.rewards;

import org.jspecify.annotations.NullMarked;
