/** Trading, against the exchange simulator. */
@NullMarked
package io.tollgate.tests.trading;

import org.jspecify.annotations.NullMarked;
