/** Tenants, users, API keys, administrators, service tokens, and who a caller is. */
@NullMarked
package io.tollgate.identity;

import org.jspecify.annotations.NullMarked;
