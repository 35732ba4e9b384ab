/** Administrators: who they are, how they log in, and their sessions. */
@NullMarked
package io.tollgate.identity.internal.admins;

import org.jspecify.annotations.NullMarked;
