/** How identity keeps, hashes, caches and checks; closed to others. */
@NullMarked
package io.tollgate.identity.internal;

import org.jspecify.annotations.NullMarked;
