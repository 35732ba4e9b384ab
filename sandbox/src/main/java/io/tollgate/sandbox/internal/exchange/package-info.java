/** From a request's first byte to an answer's last: steering, pace, cuts, refusals. */
@NullMarked
package io.tollgate.sandbox.internal.exchange;

import org.jspecify.annotations.NullMarked;
