/** Images made and edited: small real PNGs. */
@NullMarked
package io.tollgate.sandbox.internal.images;

import org.jspecify.annotations.NullMarked;
