/** Gate's protocol, as far as our adapter speaks it. */
@NullMarked
package io.tollgate.sandbox.internal.gate;

import org.jspecify.annotations.NullMarked;
