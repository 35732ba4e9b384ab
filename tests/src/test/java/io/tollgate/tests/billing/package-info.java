/** Charging for any API, over the wire. */
@NullMarked
package io.tollgate.tests.billing;

import org.jspecify.annotations.NullMarked;
