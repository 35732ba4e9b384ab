/** Sign-on by other providers (OpenID Connect). */
@NullMarked
package io.tollgate.identity.internal.signon;

import org.jspecify.annotations.NullMarked;
