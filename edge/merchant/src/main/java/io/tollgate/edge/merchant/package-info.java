/**
 * The merchant API: what tenants' own servers do with their users, signed with the tenant's key.
 */
@NullMarked
package io.tollgate.edge.merchant;

import org.jspecify.annotations.NullMarked;
