/** What users do for themselves: register, log in, see who they are, keep their keys. */
@NullMarked
package io.tollgate.edge.portal;

import org.jspecify.annotations.NullMarked;
