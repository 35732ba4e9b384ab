/** Users register, log in and get their passwords back. */
@NullMarked
package io.tollgate.identity.internal.passport;

import org.jspecify.annotations.NullMarked;
