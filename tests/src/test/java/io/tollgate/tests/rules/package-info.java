/** What tenants want done with their requests beside passing them on, over the wire. */
@NullMarked
package io.tollgate.tests.rules;

import org.jspecify.annotations.NullMarked;
