/** OKX's protocol, as far as our adapter speaks it. */
@NullMarked
package io.tollgate.sandbox.internal.okx;

import org.jspecify.annotations.NullMarked;
