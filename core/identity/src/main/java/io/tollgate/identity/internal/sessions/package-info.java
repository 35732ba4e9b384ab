/** Sessions of users: their rows and their tokens. */
@NullMarked
package io.tollgate.identity.internal.sessions;

import org.jspecify.annotations.NullMarked;
